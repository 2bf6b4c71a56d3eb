"""What a pyxs client does with a xenstored; PeersIT knows what it has to print."""
import errno
import sys

from pyxs import Client, PyXSError

path = sys.argv[1]
c = Client(unix_socket_path=path)
c.connect()
other = Client(unix_socket_path=path)
other.connect()

c.write(b"/py/value", b"hello")
print("read", c.read(b"/py/value"))
c.write(b"/py/dir/one", b"1")
c.write(b"/py/dir/two", b"2")
print("list", c.list(b"/py/dir"))
print("exists", c.exists(b"/py/dir"), c.exists(b"/py/none"))
c.set_perms(b"/py/dir", [b"n0", b"r1"])
print("permissions", c.get_perms(b"/py/dir"))
try:
    c.read(b"/py/none")
except PyXSError as e:
    print("missing", errno.errorcode[e.args[0]])

monitor = c.monitor()
monitor.watch(b"/py/watched", b"token")
events = monitor.wait()
print("event", *next(events))
other.write(b"/py/watched/child", b"")
print("event", *next(events))
monitor.unwatch(b"/py/watched", b"token")

c.transaction()
c.write(b"/py/counter", b"2")
print("committed", c.commit(), other.read(b"/py/counter"))

c.transaction()
c.read(b"/py/counter")
other.write(b"/py/counter", b"3")
c.write(b"/py/counter", b"4")
print("conflict", not c.commit())

c.transaction()
c.write(b"/py/counter", b"5")
c.rollback()
print("rolled back", c.read(b"/py/counter"))

print("domain path", c.get_domain_path(7))
print("introduced", c.is_domain_introduced(0), c.is_domain_introduced(7))
c.delete(b"/py")
print("removed", c.exists(b"/py"))
monitor.close()
other.close()
c.close()
