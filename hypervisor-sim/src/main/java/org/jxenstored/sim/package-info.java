/**
 * A simulated Xen as a hypervisor backend: what a xenstore daemon in dom0 of a simulated host sees.
 *
 * <p>A test holds both ends:
 *
 * {@snippet :
 * ManualNotifications events = new ManualNotifications(); // or an ExecutorService, if nothing is to be held back
 * SimHost host = new SimHost(seed, events);
 * Hypervisor xen = new SimulatedXen(host); // goes to the daemon; again after a restart of it
 *
 * SimDomain guest = host.createDomain();
 * int port = guest.prepareStore(0); // then INTRODUCE guest.domid() guest.storeGfn() port
 * guest.unpause(); // from now on it hears its event channels
 * XenstoreClient inGuest = XenstoreClient.connect(StoreRing.of(guest));
 * guest.rawRing().setWord(RawRing.REQUEST_PRODUCER, 5000); // a hostile one
 * guest.shutdown(ShutdownCode.POWEROFF);
 * guest.destroy(); // a zombie until the daemon unmaps its ring
 * }
 */
@NullMarked
package org.jxenstored.sim;

import org.jspecify.annotations.NullMarked;
