/*
 * xenshim.c - a stand-in for the hypervisor, to run xenstore daemons on a
 * machine without Xen.  peer.sh builds it and preloads it into Debian's C
 * xenstored or oxenstored (it provides libxenmanage's functions, too):
 *
 *   gcc -O2 -Wall -shared -fPIC -o libxenshim.so xenshim.c -ldl
 *
 * Everything lives below one directory, given by env XENSHIM_DIR (per daemon):
 *
 *   dom/<domid>   text file, one per fake domain.  First word is the state:
 *                 running | shutdown[:REASON] | crashed | dying | dying-only
 *                 optional second word uid=<n> (unique id of the domain).
 *                 No file = no such domain.  Domain 0 always exists.
 *   ring/<domid>  4096 byte file, the shared xenstore ring page
 *                 (struct xenstore_domain_interface); mmap it MAP_SHARED.
 *                 A domain that exists but has no ring file gets one made.
 *   ev/daemon     FIFO towards the daemon.  Records of 8 bytes
 *                 { u32 domid; u32 remote_port } little endian.
 *                 domid 0xffffffff = virtual irq, port = virq number
 *                 (3 = VIRQ_DOM_EXC).
 *   ev/<domid>    FIFO towards guest <domid>. Records of 4 bytes: the port
 *                 number (guest's own port) that was kicked.
 *   ports         internal: event channel bindings (survives exec()).
 *
 * Other environment:
 *   XENSTORED_RUNDIR  paths below /var/run/xenstored and /run/xenstored are
 *                     rewritten to it (oxenstored has them compiled in)
 *   XENSTORED_PATH    if set, the listening socket .../socket goes there
 *   XENSHIM_TRACE     if set, trace the fake calls on stderr
 *
 * open() of /proc/xen/xsd_port and /proc/xen/xsd_kva is redirected to
 * $XENSHIM_DIR/xsd_port (created, "1") and $XENSHIM_DIR/ring/0.
 * setrlimit(RLIMIT_NOFILE) failing with EPERM is clamped to the hard limit.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <xenctrl.h>
#include <xenevtchn.h>
#include <xengnttab.h>

#define EXPORT __attribute__((visibility("default")))

static int shim_trace_on(void)
{
	static int on = -1;

	if (on < 0)
		on = getenv("XENSHIM_TRACE") != NULL;
	return on;
}
#define TR(...) do { if (shim_trace_on()) { int e_ = errno; \
	fprintf(stderr, "xenshim: " __VA_ARGS__); errno = e_; } } while (0)

/* ------------------------------------------------------------------ paths */

static const char *shim_dir(void)
{
	static char dir[PATH_MAX];

	if (!dir[0]) {
		const char *s = getenv("XENSHIM_DIR");

		snprintf(dir, sizeof(dir), "%s", s ? s : "/tmp/xenshim");
	}
	return dir;
}

static void shim_path(char *buf, size_t len, const char *fmt, ...)
{
	va_list ap;
	int n = snprintf(buf, len, "%s/", shim_dir());

	va_start(ap, fmt);
	vsnprintf(buf + n, len - n, fmt, ap);
	va_end(ap);
}

static int (*real_open64)(const char *, int, ...);
static int (*real_mkdir)(const char *, mode_t);

static void resolve(void)
{
	if (!real_open64)
		real_open64 = dlsym(RTLD_NEXT, "open64");
	if (!real_mkdir)
		real_mkdir = dlsym(RTLD_NEXT, "mkdir");
}

static void shim_mkdirs(void)
{
	static int done;
	char p[PATH_MAX];
	int fd;

	if (done)
		return;
	done = 1;
	resolve();
	real_mkdir(shim_dir(), 0755);
	shim_path(p, sizeof(p), "dom");
	real_mkdir(p, 0755);
	shim_path(p, sizeof(p), "ring");
	real_mkdir(p, 0755);
	shim_path(p, sizeof(p), "ev");
	real_mkdir(p, 0755);
	shim_path(p, sizeof(p), "xsd_port");
	fd = real_open64(p, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
	if (fd >= 0) {
		/* no newline: oxenstored does int_of_string on the raw bytes */
		if (write(fd, "1", 1) != 1)
			abort();
		close(fd);
	}
}

/* Open (creating if needed) the ring page file of a domain. */
static int ring_open(unsigned int domid)
{
	char p[PATH_MAX];
	struct stat st;
	int fd;

	shim_mkdirs();
	shim_path(p, sizeof(p), "ring/%u", domid);
	fd = real_open64(p, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	if (!fstat(fd, &st) && st.st_size < 4096 && ftruncate(fd, 4096)) {
		close(fd);
		return -1;
	}
	return fd;
}

static void *ring_map(unsigned int domid)
{
	int fd = ring_open(domid);
	void *p;

	if (fd < 0)
		return NULL;
	p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	return p == MAP_FAILED ? NULL : p;
}

static const char *rewrite(const char *path, char *buf, size_t len)
{
	static const char *const pfx[] = { "/var/run/xenstored", "/run/xenstored" };
	const char *rd = getenv("XENSTORED_RUNDIR"), *sp = getenv("XENSTORED_PATH");
	unsigned int i;

	if (!path || path[0] != '/')
		return path;
	if (!strcmp(path, "/proc/xen/xsd_port")) {
		shim_mkdirs();
		shim_path(buf, len, "xsd_port");
		return buf;
	}
	if (!strcmp(path, "/proc/xen/xsd_kva")) {
		int fd = ring_open(0);

		if (fd >= 0)
			close(fd);
		shim_path(buf, len, "ring/0");
		return buf;
	}
	for (i = 0; i < 2; i++) {
		size_t l = strlen(pfx[i]);

		if (strncmp(path, pfx[i], l) || (path[l] && path[l] != '/'))
			continue;
		if (sp && !strcmp(path + l, "/socket"))
			return sp;
		if (rd) {
			snprintf(buf, len, "%s%s", rd, path + l);
			return buf;
		}
	}
	return path;
}

/* ------------------------------------------------- libc calls interposed */

#define NEXT(name) static __typeof__(&name) next_; \
	if (!next_) next_ = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

EXPORT int open(const char *path, int flags, ...)
{
	char b[PATH_MAX];
	mode_t mode = 0;

	if (flags & (O_CREAT | O_TMPFILE)) {
		va_list ap;
		va_start(ap, flags);
		mode = va_arg(ap, mode_t);
		va_end(ap);
	}
	NEXT(open);
	return next_(rewrite(path, b, sizeof(b)), flags, mode);
}

EXPORT int open64(const char *path, int flags, ...)
{
	char b[PATH_MAX];
	mode_t mode = 0;

	if (flags & (O_CREAT | O_TMPFILE)) {
		va_list ap;
		va_start(ap, flags);
		mode = va_arg(ap, mode_t);
		va_end(ap);
	}
	NEXT(open64);
	return next_(rewrite(path, b, sizeof(b)), flags, mode);
}

EXPORT int unlink(const char *path)
{
	char b[PATH_MAX];
	NEXT(unlink);
	return next_(rewrite(path, b, sizeof(b)));
}

EXPORT int mkdir(const char *path, mode_t mode)
{
	char b[PATH_MAX];
	NEXT(mkdir);
	return next_(rewrite(path, b, sizeof(b)), mode);
}

EXPORT int chmod(const char *path, mode_t mode)
{
	char b[PATH_MAX];
	NEXT(chmod);
	return next_(rewrite(path, b, sizeof(b)), mode);
}

EXPORT int access(const char *path, int mode)
{
	char b[PATH_MAX];
	NEXT(access);
	return next_(rewrite(path, b, sizeof(b)), mode);
}

EXPORT int bind(int fd, const struct sockaddr *sa, socklen_t len)
{
	NEXT(bind);
	if (sa->sa_family == AF_UNIX) {
		const struct sockaddr_un *un = (const void *)sa;
		struct sockaddr_un nu;
		char in[sizeof(un->sun_path) + 1] = "", b[PATH_MAX];
		const char *p;

		memcpy(in, un->sun_path, len > sizeof(*un) ? sizeof(un->sun_path) :
		       len - offsetof(struct sockaddr_un, sun_path));
		p = rewrite(in, b, sizeof(b));
		if (p != in) {
			if (strlen(p) >= sizeof(nu.sun_path)) {
				errno = ENAMETOOLONG;
				return -1;
			}
			memset(&nu, 0, sizeof(nu));
			nu.sun_family = AF_UNIX;
			strcpy(nu.sun_path, p);
			return next_(fd, (void *)&nu, sizeof(nu));
		}
	}
	return next_(fd, sa, len);
}

EXPORT int setrlimit(__rlimit_resource_t res, const struct rlimit *rl)
{
	static int (*next_)(__rlimit_resource_t, const struct rlimit *);
	struct rlimit cur;
	int rc;

	if (!next_)
		next_ = dlsym(RTLD_NEXT, "setrlimit");
	rc = next_(res, rl);
	if (rc && errno == EPERM && res == RLIMIT_NOFILE && !getrlimit(res, &cur)) {
		cur.rlim_cur = cur.rlim_max;
		rc = next_(res, &cur);
	}
	return rc;
}

EXPORT int setrlimit64(__rlimit_resource_t res, const struct rlimit64 *rl)
{
	/* struct rlimit == struct rlimit64 on 64-bit Linux */
	return setrlimit(res, (const struct rlimit *)rl);
}

/* --------------------------------------------------------- fake domains */

enum { ST_NONE, ST_RUNNING, ST_SHUTDOWN, ST_DYING, ST_DYING_ONLY };

struct fakedom {
	unsigned int domid;
	int state;
	unsigned int reason;
	uint64_t uid;
};

static int dom_get(unsigned int domid, struct fakedom *d)
{
	char p[PATH_MAX], buf[128], *s;
	struct stat st;
	ssize_t n;
	int fd;

	memset(d, 0, sizeof(*d));
	d->domid = domid;
	shim_mkdirs();
	shim_path(p, sizeof(p), "dom/%u", domid);
	fd = real_open64(p, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		if (domid)
			return 0;
		d->state = ST_RUNNING;
		d->uid = 1;
		return 1;
	}
	n = read(fd, buf, sizeof(buf) - 1);
	if (n < 0)
		n = 0;
	buf[n] = 0;
	d->uid = domid ? ((uint64_t)1 << 32) + domid : 1;
	if (!fstat(fd, &st) && domid)
		d->uid += (uint64_t)st.st_ino << 33;
	close(fd);
	if ((s = strstr(buf, "uid=")))
		d->uid = strtoull(s + 4, NULL, 0);
	if (!strncmp(buf, "shutdown", 8)) {
		d->state = ST_SHUTDOWN;
		if (buf[8] == ':')
			d->reason = atoi(buf + 9);
	} else if (!strncmp(buf, "crashed", 7)) {
		d->state = ST_SHUTDOWN;
		d->reason = 3; /* SHUTDOWN_crash */
	} else if (!strncmp(buf, "dying-only", 10))
		d->state = ST_DYING_ONLY;
	else if (!strncmp(buf, "dying", 5))
		d->state = ST_DYING;
	else
		d->state = ST_RUNNING;
	return 1;
}

static int cmp_uint(const void *a, const void *b)
{
	unsigned int x = *(const unsigned int *)a, y = *(const unsigned int *)b;

	return x < y ? -1 : x > y;
}

/* All domids existing, ascending; caller frees. */
static unsigned int *dom_list(unsigned int *num)
{
	unsigned int *l = malloc(sizeof(*l)), n = 1, cap = 1;
	struct dirent *de;
	char p[PATH_MAX];
	DIR *dir;

	l[0] = 0;
	shim_mkdirs();
	shim_path(p, sizeof(p), "dom");
	dir = opendir(p);
	while (dir && (de = readdir(dir))) {
		char *end;
		unsigned long v = strtoul(de->d_name, &end, 10);

		if (*end || end == de->d_name || !v)
			continue;
		if (n == cap)
			l = realloc(l, (cap *= 2) * sizeof(*l));
		l[n++] = v;
	}
	if (dir)
		closedir(dir);
	qsort(l, n, sizeof(*l), cmp_uint);
	*num = n;
	return l;
}

/* ------------------------------------------------------------- libxenctrl */

static int fake_xch;

EXPORT xc_interface *xc_interface_open(xentoollog_logger *logger,
				       xentoollog_logger *dombuild_logger,
				       unsigned int open_flags)
{
	shim_mkdirs();
	return (xc_interface *)&fake_xch;
}

EXPORT int xc_interface_close(xc_interface *xch)
{
	return 0;
}

EXPORT const xc_error *xc_get_last_error(xc_interface *handle)
{
	static xc_error err;

	err.code = XC_ERROR_NONE;
	return &err;
}

EXPORT int xc_domain_getinfo(xc_interface *xch, uint32_t first,
			     unsigned int max, xc_dominfo_t *info)
{
	unsigned int n, i, got = 0, *l;
	struct fakedom d;

	/* fast path: exactly this one */
	if (max == 1 && dom_get(first, &d)) {
		l = malloc(sizeof(*l));
		l[0] = first;
		n = 1;
	} else
		l = dom_list(&n);
	for (i = 0; i < n && got < max; i++) {
		if (l[i] < first || !dom_get(l[i], &d))
			continue;
		memset(info + got, 0, sizeof(*info));
		info[got].domid = d.domid;
		info[got].running = d.state == ST_RUNNING;
		info[got].shutdown_reason = d.reason;
		if (d.state == ST_SHUTDOWN) {
			if (d.reason == 3)
				info[got].crashed = 1;
			else
				info[got].shutdown = 1;
		}
		info[got].dying = d.state == ST_DYING || d.state == ST_DYING_ONLY;
		got++;
	}
	free(l);
	TR("xc_domain_getinfo(%u, %u) = %u (dom %u)\n", first, max, got,
	   got ? info[0].domid : ~0u);
	if (!got) {
		errno = ESRCH;
		return -1;
	}
	return got;
}

EXPORT int xc_domain_getinfolist(xc_interface *xch, uint32_t first,
				 unsigned int max, xc_domaininfo_t *info)
{
	unsigned int n, i, got = 0, *l;
	struct fakedom d;

	if (max == 1 && dom_get(first, &d)) {
		l = malloc(sizeof(*l));
		l[0] = first;
		n = 1;
	} else
		l = dom_list(&n);
	for (i = 0; i < n && got < max; i++) {
		if (l[i] < first || !dom_get(l[i], &d))
			continue;
		memset(info + got, 0, sizeof(*info));
		info[got].domain = d.domid;
		if (d.state == ST_RUNNING)
			info[got].flags |= XEN_DOMINF_running;
		if (d.state == ST_SHUTDOWN)
			info[got].flags |= XEN_DOMINF_shutdown |
				(d.reason << XEN_DOMINF_shutdownshift);
		if (d.state == ST_DYING || d.state == ST_DYING_ONLY)
			info[got].flags |= XEN_DOMINF_dying;
		got++;
	}
	free(l);
	TR("xc_domain_getinfolist(%u, %u) = %u\n", first, max, got);
	return got;
}

EXPORT void *xc_map_foreign_range(xc_interface *xch, uint32_t dom, int size,
				  int prot, unsigned long mfn)
{
	struct fakedom d;

	TR("xc_map_foreign_range(%u, mfn %lu)\n", dom, mfn);
	if (!dom_get(dom, &d)) {
		errno = ESRCH;
		return NULL;
	}
	return ring_map(dom);
}

/* -------------------------------------------------------------- libxengnttab */

static int fake_xgt;

EXPORT xengnttab_handle *xengnttab_open(struct xentoollog_logger *logger,
					unsigned open_flags)
{
	return (xengnttab_handle *)&fake_xgt;
}

EXPORT int xengnttab_close(xengnttab_handle *xgt)
{
	return 0;
}

EXPORT int xengnttab_set_max_grants(xengnttab_handle *xgt, uint32_t nr)
{
	return 0;
}

EXPORT void *xengnttab_map_grant_ref(xengnttab_handle *xgt, uint32_t domid,
				     uint32_t ref, int prot)
{
	struct fakedom d;

	TR("xengnttab_map_grant_ref(%u, ref %u)\n", domid, ref);
	if (!dom_get(domid, &d)) {
		errno = EINVAL;
		return NULL;
	}
	return ring_map(domid);
}

EXPORT int xengnttab_unmap(xengnttab_handle *xgt, void *start, uint32_t count)
{
	return munmap(start, count * 4096);
}

/* ------------------------------------------------------------- libxenevtchn */

#define NPORT 65536
#define VIRQ_MARK 0xffffffffu
#define NO_PORT 0x7ffffff0

struct port {
	uint32_t used;		/* 0 free, 1 bound */
	uint32_t domid;		/* or VIRQ_MARK */
	uint32_t remote;	/* remote port or virq number */
	uint32_t pad;
};

static struct {
	int fd;
	struct port *port;	/* shared file mapping, survives exec */
	int *gfd;		/* guest FIFO per local port, -1 unknown */
} xce = { .fd = -1 };

static int xce_setup(int fd)
{
	char p[PATH_MAX];
	int pf, i;

	shim_mkdirs();
	shim_path(p, sizeof(p), "ports");
	if (fd < 0)
		unlink(p);
	pf = real_open64(p, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (pf < 0 || ftruncate(pf, NPORT * sizeof(struct port)))
		return -1;
	xce.port = mmap(NULL, NPORT * sizeof(struct port),
			PROT_READ | PROT_WRITE, MAP_SHARED, pf, 0);
	close(pf);
	if (xce.port == MAP_FAILED)
		return -1;
	xce.gfd = malloc(NPORT * sizeof(int));
	for (i = 0; i < NPORT; i++)
		xce.gfd[i] = -1;
	if (fd < 0) {
		shim_path(p, sizeof(p), "ev/daemon");
		unlink(p);
		if (mkfifo(p, 0600))
			return -1;
		/* O_RDWR: never EOF, and inherited over exec (no CLOEXEC) */
		fd = real_open64(p, O_RDWR | O_NONBLOCK);
		if (fd < 0)
			return -1;
	}
	xce.fd = fd;
	return 0;
}

EXPORT xenevtchn_handle *xenevtchn_open(struct xentoollog_logger *logger,
					unsigned int flags)
{
	return xce_setup(-1) ? NULL : (xenevtchn_handle *)&xce;
}

EXPORT xenevtchn_handle *xenevtchn_fdopen(struct xentoollog_logger *logger,
					  int fd, unsigned flags)
{
	return xce_setup(fd) ? NULL : (xenevtchn_handle *)&xce;
}

EXPORT int xenevtchn_close(xenevtchn_handle *h)
{
	return 0;
}

EXPORT int xenevtchn_fd(xenevtchn_handle *h)
{
	return xce.fd;
}

static int port_alloc(uint32_t domid, uint32_t remote)
{
	int i;

	for (i = 1; i < NPORT; i++)
		if (!xce.port[i].used)
			break;
	if (i == NPORT) {
		errno = ENOSPC;
		return -1;
	}
	xce.port[i].used = 1;
	xce.port[i].domid = domid;
	xce.port[i].remote = remote;
	return i;
}

static int guest_fifo(unsigned int local)
{
	char p[PATH_MAX];

	if (xce.gfd[local] < 0) {
		shim_path(p, sizeof(p), "ev/%u", xce.port[local].domid);
		mkfifo(p, 0600);
		xce.gfd[local] = real_open64(p, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	}
	return xce.gfd[local];
}

EXPORT xenevtchn_port_or_error_t
xenevtchn_bind_interdomain(xenevtchn_handle *h, uint32_t domid,
			   evtchn_port_t remote)
{
	struct fakedom d;
	int p;

	if (!dom_get(domid, &d)) {
		errno = ESRCH;
		return -1;
	}
	p = port_alloc(domid, remote);
	TR("bind_interdomain(dom %u, port %u) = %d\n", domid, remote, p);
	/* Like Xen: binding an interdomain channel raises it once locally. */
	if (p > 0 && domid) {
		uint32_t rec[2] = { domid, remote };

		guest_fifo(p);
		if (write(xce.fd, rec, 8) != 8)
			TR("initial kick lost\n");
	}
	return p;
}

EXPORT xenevtchn_port_or_error_t
xenevtchn_bind_virq(xenevtchn_handle *h, unsigned int virq)
{
	int p = port_alloc(VIRQ_MARK, virq);

	TR("bind_virq(%u) = %d\n", virq, p);
	return p;
}

EXPORT int xenevtchn_unbind(xenevtchn_handle *h, evtchn_port_t port)
{
	TR("unbind(%u)\n", port);
	if (port >= NPORT || !xce.port[port].used) {
		errno = EINVAL;
		return -1;
	}
	xce.port[port].used = 0;
	if (xce.gfd[port] >= 0)
		close(xce.gfd[port]);
	xce.gfd[port] = -1;
	return 0;
}

EXPORT int xenevtchn_notify(xenevtchn_handle *h, evtchn_port_t port)
{
	uint32_t v;
	int fd;

	if (port >= NPORT || !xce.port[port].used ||
	    xce.port[port].domid == VIRQ_MARK) {
		errno = EINVAL;
		return -1;
	}
	v = xce.port[port].remote;
	fd = guest_fifo(port);
	/* A full FIFO means the guest has plenty of pending kicks: drop. */
	if (fd >= 0 && write(fd, &v, 4) != 4 && errno != EAGAIN)
		TR("notify %u: %s\n", port, strerror(errno));
	return 0;
}

static int find_local(uint32_t domid, uint32_t remote)
{
	int i, top = 0;

	/* ports are allocated lowest first: stop after a long free stretch */
	for (i = 1; i < NPORT && top < 4096; i++) {
		if (!xce.port[i].used) {
			top++;
			continue;
		}
		top = 0;
		if (xce.port[i].domid == domid && xce.port[i].remote == remote)
			return i;
	}
	return NO_PORT;
}

EXPORT xenevtchn_port_or_error_t xenevtchn_pending(xenevtchn_handle *h)
{
	uint32_t rec[128][2], rest[128][2];
	unsigned int n, i, j, m = 0;
	ssize_t r;
	int p;

	for (;;) {
		r = read(xce.fd, rec, sizeof(rec));
		if (r < 0 && errno == EINTR)
			continue;
		break;
	}
	if (r < 8)
		return NO_PORT;		/* spurious */
	n = r / 8;
	/* Coalesce what is queued, as a real event channel does. */
	for (i = 1; i < n; i++) {
		if (rec[i][0] == rec[0][0] && rec[i][1] == rec[0][1])
			continue;
		for (j = 0; j < m; j++)
			if (rec[i][0] == rest[j][0] && rec[i][1] == rest[j][1])
				break;
		if (j == m) {
			rest[m][0] = rec[i][0];
			rest[m][1] = rec[i][1];
			m++;
		}
	}
	if (m && write(xce.fd, rest, m * 8) < 0)
		TR("requeue failed\n");
	p = find_local(rec[0][0], rec[0][1]);
	TR("pending: dom %u port %u -> local %d\n", rec[0][0], rec[0][1], p);
	return p;
}

EXPORT int xenevtchn_unmask(xenevtchn_handle *h, evtchn_port_t port)
{
	return 0;
}

/* ------------------------------------------------------------ libxenmanage */

typedef struct xenmanage_handle xenmanage_handle;
#define GDS_EXIST 1
#define GDS_SHUTDOWN 2
#define GDS_DYING 4
#define GDS_DEAD 8

static int fake_xm;

EXPORT xenmanage_handle *xenmanage_open(void *logger, unsigned int flags)
{
	shim_mkdirs();
	return (xenmanage_handle *)&fake_xm;
}

EXPORT int xenmanage_close(xenmanage_handle *h)
{
	return 0;
}

static unsigned int xm_state(const struct fakedom *d)
{
	switch (d->state) {
	case ST_RUNNING: return GDS_EXIST;
	case ST_SHUTDOWN: return GDS_EXIST | GDS_SHUTDOWN;
	case ST_DYING_ONLY: return GDS_EXIST | GDS_DYING;
	case ST_DYING: return GDS_EXIST | GDS_DYING | GDS_DEAD;
	}
	return 0;
}

EXPORT int xenmanage_get_domain_info(xenmanage_handle *h, unsigned int domid,
				     unsigned int *state, unsigned int *caps,
				     uint64_t *uid)
{
	struct fakedom d;

	if (!dom_get(domid, &d)) {
		TR("xenmanage_get_domain_info(%u): none\n", domid);
		errno = ENOENT;
		return -1;
	}
	if (state)
		*state = xm_state(&d);
	if (caps)
		*caps = domid ? 0 : 7;
	if (uid)
		*uid = d.uid;
	return 0;
}

static struct { unsigned int state; uint64_t uid; } xm_seen[65536];

EXPORT int xenmanage_poll_changed_domain(xenmanage_handle *h,
					 unsigned int *domid,
					 unsigned int *state,
					 unsigned int *caps, uint64_t *uid)
{
	unsigned int n, i, s, *l = dom_list(&n), k = 0;
	struct fakedom d;

	/* walk all domids seen or existing, ascending */
	for (i = 0; i < 65536; i++) {
		while (k < n && l[k] < i)
			k++;
		if (!(k < n && l[k] == i) && !xm_seen[i].state)
			continue;
		s = dom_get(i, &d) ? xm_state(&d) : 0;
		if (s == xm_seen[i].state && (!s || d.uid == xm_seen[i].uid))
			continue;
		xm_seen[i].state = s;
		xm_seen[i].uid = s ? d.uid : 0;
		*domid = i;
		if (state)
			*state = s;
		if (caps)
			*caps = i ? 0 : 7;
		if (uid)
			*uid = s ? d.uid : 0;
		free(l);
		TR("poll_changed: dom %u state %x\n", i, s);
		return 0;
	}
	free(l);
	errno = ENOENT;
	return -1;
}
