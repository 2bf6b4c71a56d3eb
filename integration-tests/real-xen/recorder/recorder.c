/*
 * A library that is preloaded into Debian's C xenstored and writes down what its clients said, what it answered, and
 * what the hypervisor told it. A tool for making test data; no part of the daemon.
 *
 * The file named by RECORDING gets one line for each thing that happens, in the order in which it happens:
 *
 *   MS open CONNECTION PROGRAM      a client connected to the socket; PROGRAM is its name
 *   MS close CONNECTION
 *   MS in CONNECTION HEX            xenstored took these bytes from the client
 *   MS out CONNECTION HEX           the client was given these bytes
 *   MS map DOMID, MS unmap DOMID    a ring page
 *   MS anew DOMID                   a ring's event channel is bound: its stream of bytes begins at index 0
 *   MS domain DOMID alive|gone|dead|shutdown CODE    the hypervisor's answer about a domain is not the one of before
 *   MS virq                         VIRQ_DOM_EXC is about to be looked after
 *
 * MS are milliseconds of the monotonic clock. CONNECTION is s1, s2, ... for sockets and dDOMID for rings.
 *
 * Sockets are seen through read and write. The bytes of a ring are seen in the page: xenstored notifies the other end
 * after each single copy into or out of the ring. What it copied is still there then, unless a guest fills the ring again
 * within the few instructions between the new index and the notification. The framing of both streams is checked by
 * whoever converts the file.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* The shared page of a ring; docs/spec/semantics.md 9.1. */
enum { RING = 1024, RESPONSES = 1024, REQ_CONS = 2048, RSP_PROD = 2060 };

enum { DESCRIPTORS = 4096, RINGS = 256, DOMIDS = 32752, VIRQ_DOM_EXC = 3, CHUNK = 4096, LOG_DESCRIPTOR = 200 };

/* What libxenctrl 4.17 answers about a domain, as far as it is needed here. */
struct domain_info {
    uint32_t domid;
    uint32_t ssidref;
    uint32_t flags;
    uint32_t shutdown_code;
};
enum { DYING = 1, CRASHED = 2, SHUTDOWN = 4 };

struct ring {
    volatile uint8_t *page; /* null: this entry is free */
    unsigned domid;
    uint32_t req_cons;
    uint32_t rsp_prod;
};

static int log_descriptor = -1;
static int sockets[DESCRIPTORS];
static int last_socket;
static struct ring rings[RINGS];
static int told[DOMIDS];
static int kva_descriptor = -1;
static int exception_port = -1;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
    void *symbol = dlsym(RTLD_NEXT, name);
    if (!symbol) {
        fprintf(stderr, "recorder: no %s behind this one\n", name);
        abort();
    }
    return symbol;
}

/* Lines go out one by one: the file must be complete however xenstored ends. */
static void line(const char *format, ...) {
    static char text[2 * CHUNK + 128];
    struct timespec now;
    va_list arguments;
    int size;

    if (log_descriptor < 0)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    size = snprintf(text, sizeof text, "%lld ", now.tv_sec * 1000LL + now.tv_nsec / 1000000);
    va_start(arguments, format);
    size += vsnprintf(text + size, sizeof text - size, format, arguments);
    va_end(arguments);
    text[size++] = '\n';
    if (syscall(SYS_write, log_descriptor, text, size) != size)
        abort();
}

static void chunk(const char *direction, char kind, unsigned number, const uint8_t *bytes, size_t count) {
    static char hex[2 * CHUNK + 1];

    while (count > 0) {
        size_t part = count < CHUNK ? count : CHUNK;
        for (size_t i = 0; i < part; i++)
            sprintf(hex + 2 * i, "%02x", bytes[i]);
        line("%s %c%u %s", direction, kind, number, hex);
        bytes += part;
        count -= part;
    }
}

__attribute__((constructor)) static void begin(void) {
    const char *file = getenv("RECORDING");
    int opened;

    if (!file)
        return;
    opened = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND, 0600);
    log_descriptor = opened < 0 ? -1 : fcntl(opened, F_DUPFD_CLOEXEC, LOG_DESCRIPTOR);
    if (log_descriptor < 0) {
        perror(file);
        abort();
    }
    syscall(SYS_close, opened);
}

/* Sockets */

static int socket_number(int descriptor) {
    return descriptor >= 0 && descriptor < DESCRIPTORS ? sockets[descriptor] : 0;
}

int accept(int listener, struct sockaddr *address, socklen_t *length) {
    int descriptor = REAL(accept)(listener, address, length);
    char path[64], program[64] = "unknown";
    struct ucred peer;
    socklen_t size = sizeof peer;
    int comm;

    if (descriptor < 0 || descriptor >= DESCRIPTORS)
        return descriptor;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0) {
        snprintf(path, sizeof path, "/proc/%d/comm", peer.pid);
        comm = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY);
        if (comm >= 0) {
            ssize_t count = syscall(SYS_read, comm, program, sizeof program - 1);
            program[count > 0 ? count : 0] = 0;
            program[strcspn(program, "\n")] = 0;
            syscall(SYS_close, comm);
        }
    }
    sockets[descriptor] = ++last_socket;
    line("open s%d %s", last_socket, program);
    return descriptor;
}

ssize_t read(int descriptor, void *bytes, size_t count) {
    ssize_t done = syscall(SYS_read, descriptor, bytes, count);
    if (done > 0 && socket_number(descriptor))
        chunk("in", 's', socket_number(descriptor), bytes, done);
    return done;
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    ssize_t done = syscall(SYS_write, descriptor, bytes, count);
    if (done > 0 && socket_number(descriptor))
        chunk("out", 's', socket_number(descriptor), bytes, done);
    return done;
}

int close(int descriptor) {
    if (socket_number(descriptor)) {
        line("close s%d", socket_number(descriptor));
        sockets[descriptor] = 0;
    }
    return syscall(SYS_close, descriptor);
}

/* Rings */

static uint32_t word(const struct ring *ring, int offset) {
    return *(volatile uint32_t *)(ring->page + offset);
}

static void add_ring(void *page, unsigned domid) {
    for (int i = 0; i < RINGS; i++) {
        struct ring *ring = &rings[i];
        if (!ring->page) {
            ring->page = page;
            ring->domid = domid;
            ring->req_cons = word(ring, REQ_CONS);
            ring->rsp_prod = word(ring, RSP_PROD);
            line("map %u", domid);
            return;
        }
    }
    abort();
}

static void moved(const char *direction, const struct ring *ring, int buffer, uint32_t from, uint32_t to) {
    uint8_t bytes[RING];
    uint32_t count = to - from;

    if (count > RING) {
        line("broken d%u %u %u", ring->domid, from, to);
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        bytes[i] = ring->page[buffer + ((from + i) & (RING - 1))];
    chunk(direction, 'd', ring->domid, bytes, count);
}

static void look(void) {
    for (int i = 0; i < RINGS; i++) {
        struct ring *ring = &rings[i];
        uint32_t now;
        if (!ring->page)
            continue;
        now = word(ring, REQ_CONS);
        moved("in", ring, 0, ring->req_cons, now);
        ring->req_cons = now;
        now = word(ring, RSP_PROD);
        moved("out", ring, RESPONSES, ring->rsp_prod, now);
        ring->rsp_prod = now;
    }
}

int open(const char *path, int flags, ...) {
    va_list arguments;
    mode_t mode;
    int descriptor;

    va_start(arguments, flags);
    mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    descriptor = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    if (strcmp(path, "/proc/xen/xsd_kva") == 0)
        kva_descriptor = descriptor;
    return descriptor;
}

void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
    void *page = (void *)syscall(SYS_mmap, address, length, protection, flags, descriptor, offset);
    if (page != MAP_FAILED && descriptor >= 0 && descriptor == kva_descriptor) {
        add_ring(page, 0);
        kva_descriptor = -1;
    }
    return page;
}

void *xengnttab_map_grant_ref(void *table, uint32_t domid, uint32_t reference, int protection) {
    void *page = REAL(xengnttab_map_grant_ref)(table, domid, reference, protection);
    if (page)
        add_ring(page, domid);
    return page;
}

int xengnttab_unmap(void *table, void *page, uint32_t count) {
    for (int i = 0; i < RINGS; i++) {
        if (rings[i].page == page) {
            line("unmap %u", rings[i].domid);
            rings[i].page = NULL;
        }
    }
    return REAL(xengnttab_unmap)(table, page, count);
}

/* INTRODUCE binds the channel and then, before anything else, sets the indexes of the ring to 0. */
int xenevtchn_bind_interdomain(void *channels, uint32_t domid, uint32_t port) {
    for (int i = 0; i < RINGS; i++) {
        if (rings[i].page && rings[i].domid == domid && domid != 0) {
            rings[i].req_cons = rings[i].rsp_prod = 0;
            line("anew %u", domid);
        }
    }
    return REAL(xenevtchn_bind_interdomain)(channels, domid, port);
}

int xenevtchn_notify(void *channels, uint32_t port) {
    look();
    return REAL(xenevtchn_notify)(channels, port);
}

/* The hypervisor */

int xenevtchn_bind_virq(void *channels, unsigned virq) {
    int port = REAL(xenevtchn_bind_virq)(channels, virq);
    if (virq == VIRQ_DOM_EXC)
        exception_port = port;
    return port;
}

int xenevtchn_pending(void *channels) {
    int port = REAL(xenevtchn_pending)(channels);
    if (port >= 0 && port == exception_port)
        line("virq");
    return port;
}

int xc_domain_getinfo(void *xen, uint32_t domid, unsigned count, struct domain_info *info) {
    enum { UNKNOWN, GONE, ALIVE, DEAD, DOWN };
    int found = REAL(xc_domain_getinfo)(xen, domid, count, info);
    int state = UNKNOWN;

    if (count != 1 || domid >= DOMIDS)
        return found;
    if (found != 1 || info->domid != domid)
        state = GONE;
    else if (info->flags & DYING)
        state = DEAD;
    else if (info->flags & (CRASHED | SHUTDOWN))
        state = DOWN + info->shutdown_code;
    else
        state = ALIVE;
    if (state != told[domid]) {
        told[domid] = state;
        if (state >= DOWN)
            line("domain %u shutdown %d", domid, state - DOWN);
        else
            line("domain %u %s", domid, state == GONE ? "gone" : state == DEAD ? "dead" : "alive");
    }
    return found;
}
