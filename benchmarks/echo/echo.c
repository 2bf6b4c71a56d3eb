/*
 * The bare echo server: what the system calls alone cost.
 *
 *   echo SOCKET
 *
 * It listens on a Unix socket and answers each request of the xenstore protocol without looking into it: one read of
 * what is there, one write of all answers. An answer repeats the request's header; its payload is one byte for READ and
 * "OK" with its NUL for everything else. One thread, level-triggered epoll, sockets that block: a client that does not
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

enum { READ = 2, HEADER = 16, CONNECTIONS = 8192, CHUNK = 65536, PAYLOAD_MAX = 4096, EVENTS = 256 };

/* The words of a header; in the host's byte order. */
enum { TYPE, REQUEST_ID, TRANSACTION_ID, LENGTH, WORDS };

/* Of each connection: bytes of a header that is not complete yet, then bytes of payload that are still to come. */
static struct {
    uint32_t seen;
    uint32_t skip;
    uint8_t header[HEADER];
} connections[CONNECTIONS];

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

/* Serves what there is; returns 0 when the connection is to be closed. */
static int serve(int fd)
{
    ssize_t got = read(fd, in, sizeof(in));
    size_t answered = 0, written = 0;
    uint32_t length;

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
            if (length > PAYLOAD_MAX)
                return 0;
            answered = answer(connections[fd].header, answered);
            connections[fd].seen = 0;
            connections[fd].skip = length;
        }
    }
    while (written < answered) {
        ssize_t sent = write(fd, out + written, answered - written);

        if (sent < 0 && errno != EINTR)
            return 0;
        written += sent < 0 ? 0 : sent;
    }
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
                close(fd);
            }
        }
    }
}
