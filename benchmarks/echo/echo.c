/*
 * The bare echo server: what the system calls alone cost.
 *
 *   echo SOCKET
 *
 * It listens on a Unix socket and answers each request of the xenstore protocol without looking into it: one read of
 * what is there, one write of all answers. An answer repeats the request's header; its payload is one byte for READ and
 * "OK" with its NUL for everything else. A connection that sent WATCH gets an event with that very payload, path and
 * token, after the answer and after each WRITE of another. One thread, level-triggered epoll, sockets that block: a client that does not
 * read makes all wait. No store can be faster than this.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { READ = 2, WATCH = 4, WRITE = 11, WATCH_EVENT = 15, TOKEN_MAX = 256 };
enum { HEADER = 16, CONNECTIONS = 8192, CHUNK = 65536, PAYLOAD_MAX = 4096, EVENTS = 256 };

/* The words of a header; in the host's byte order. */
enum { TYPE, REQUEST_ID, TRANSACTION_ID, LENGTH, WORDS };

/* Of each connection: bytes of a header that is not complete yet, then bytes of payload that are still to come. */
static struct {
    uint32_t seen;
    uint32_t skip;
    uint8_t header[HEADER];
    uint32_t event_size;
    uint8_t event[HEADER + TOKEN_MAX];
} connections[CONNECTIONS];

/* Those that watch, in the order in which they began. */
static int watchers[CONNECTIONS];
static int watching;

static uint8_t in[CHUNK];

/* A request has at least a header, an answer at most three bytes more; one header may have begun before the chunk. */
static uint8_t out[(CHUNK / HEADER + 1) * (HEADER + 3)];

static void fail(const char *what)
{
    fprintf(stderr, "echo: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* Puts the answer to a request at out + at; returns where the next one goes. */
static size_t answer(const uint8_t *header, size_t at)
{
    uint32_t words[WORDS];

    memcpy(words, header, HEADER);
    words[LENGTH] = words[TYPE] == READ ? 1 : 3;
    memcpy(out + at, words, HEADER);
    memcpy(out + at + HEADER, words[TYPE] == READ ? "x" : "OK", words[LENGTH]);
    return at + HEADER + words[LENGTH];
}

/* Writes all of it; returns 0 when the connection is to be closed. */
static int put(int fd, const uint8_t *bytes, size_t size)
{
    size_t written = 0;

    while (written < size) {
        ssize_t sent = write(fd, bytes + written, size - written);

        if (sent < 0 && errno != EINTR)
            return 0;
        written += sent < 0 ? 0 : sent;
    }
    return 1;
}

/* Makes the connection a watcher; the whole payload is there. */
static void watch(int fd, const uint8_t *payload, uint32_t length)
{
    uint32_t words[WORDS] = { WATCH_EVENT, 0, 0, length };

    memcpy(connections[fd].event, words, HEADER);
    memcpy(connections[fd].event + HEADER, payload, length);
    connections[fd].event_size = HEADER + length;
    watchers[watching++] = fd;
}

static void forget(int fd)
{
    int kept = 0;

    for (int i = 0; i < watching; i++)
        if (watchers[i] != fd)
            watchers[kept++] = watchers[i];
    watching = kept;
    close(fd);
}

/* Serves what there is; returns 0 when the connection is to be closed. */
static int serve(int fd)
{
    ssize_t got = read(fd, in, sizeof(in));
    size_t answered = 0;
    uint32_t length, type;
    int writes = 0, watches = 0;

    if (got <= 0)
        return got < 0 && errno == EINTR;
    for (size_t i = 0; i < (size_t)got;) {
        size_t left = got - i, wanted, part;

        wanted = connections[fd].skip ? connections[fd].skip : HEADER - connections[fd].seen;
        part = wanted < left ? wanted : left;
        if (connections[fd].skip) {
            connections[fd].skip -= part;
        } else {
            memcpy(connections[fd].header + connections[fd].seen, in + i, part);
            connections[fd].seen += part;
        }
        i += part;
        if (connections[fd].seen == HEADER) {
            memcpy(&length, connections[fd].header + LENGTH * sizeof(length), sizeof(length));
            memcpy(&type, connections[fd].header + TYPE * sizeof(type), sizeof(type));
            if (length > PAYLOAD_MAX)
                return 0;
            writes += type == WRITE;
            if (type == WATCH && length <= TOKEN_MAX && got - i >= length && !connections[fd].event_size) {
                watch(fd, in + i, length);
                watches = 1;
            }
            answered = answer(connections[fd].header, answered);
            connections[fd].seen = 0;
            connections[fd].skip = length;
        }
    }
    if (!put(fd, out, answered) || (watches && !put(fd, connections[fd].event, connections[fd].event_size)))
        return 0;
    while (writes--)
        for (int i = 0; i < watching; i++)
            if (watchers[i] != fd)
                put(watchers[i], connections[watchers[i]].event, connections[watchers[i]].event_size);
    return 1;
}

int main(int argc, char **argv)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    struct epoll_event events[EVENTS], event = { .events = EPOLLIN };
    struct rlimit files;
    int listener, poller = epoll_create1(EPOLL_CLOEXEC);

    if (argc != 2 || strlen(argv[1]) >= sizeof(address.sun_path)) {
        fprintf(stderr, "usage: echo SOCKET\n");
        return 1;
    }
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max < CONNECTIONS ? files.rlim_max : CONNECTIONS;
    setrlimit(RLIMIT_NOFILE, &files);
    strcpy(address.sun_path, argv[1]);
    unlink(argv[1]);
    listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (poller < 0 || listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof(address)) || listen(listener, 1024))
        fail(argv[1]);
    event.data.fd = listener;
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int ready = epoll_wait(poller, events, EVENTS, -1);

        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;

            if (fd == listener) {
                fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
                if (fd >= CONNECTIONS)
                    close(fd);
                else if (fd >= 0) {
                    memset(&connections[fd], 0, sizeof(connections[fd]));
                    event.data.fd = fd;
                    epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
                }
            } else if (!serve(fd)) {
                forget(fd);
            }
        }
    }
}
