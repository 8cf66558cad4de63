#include "CJail.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/eventfd.h>
#include <sys/mman.h>

int cjail_memory_file(const char *name) {
    int file = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    return file < 0 ? -errno : file;
}

int cjail_seal(int file) {
    if (lseek(file, 0, SEEK_SET) < 0) return -errno;
    if (fcntl(file, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0) return -errno;
    return 0;
}

int cjail_socket_pair(int pair[2]) {
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0 ? 0 : -errno;
}

int cjail_pipe(int pair[2], bool nonblocking_read) {
    if (pipe2(pair, O_CLOEXEC) != 0) return -errno;
    if (nonblocking_read && fcntl(pair[0], F_SETFL, O_NONBLOCK) != 0) {
        int error = errno;
        close(pair[0]);
        close(pair[1]);
        return -error;
    }
    return 0;
}

int cjail_event(void) {
    int event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return event < 0 ? -errno : event;
}

int cjail_wake(int event) {
    uint64_t one = 1;
    // EAGAIN means that the counter is full, so the reader is awake already.
    return write(event, &one, sizeof one) == sizeof one || errno == EAGAIN ? 0 : -errno;
}

ssize_t cjail_receive(int socket, void *buffer, size_t size, int *passed) {
    *passed = -1;
    struct iovec part = {.iov_base = buffer, .iov_len = size};
    alignas(struct cmsghdr) char space[CMSG_SPACE(sizeof(int))] = {0};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
    ssize_t length;
    do length = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (length < 0 && errno == EINTR);
    if (length < 0) return -errno;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
        header->cmsg_len == CMSG_LEN(sizeof(int)))
        memcpy(passed, CMSG_DATA(header), sizeof(int));
    return length;
}
#else
int cjail_memory_file(const char *name) { (void)name; return -ENOSYS; }
int cjail_seal(int file) { (void)file; return -ENOSYS; }
int cjail_socket_pair(int pair[2]) { (void)pair; return -ENOSYS; }
int cjail_pipe(int pair[2], bool nonblocking_read) { (void)pair; (void)nonblocking_read; return -ENOSYS; }
int cjail_event(void) { return -ENOSYS; }
int cjail_wake(int event) { (void)event; return -ENOSYS; }
ssize_t cjail_receive(int socket, void *buffer, size_t size, int *passed) {
    (void)socket; (void)buffer; (void)size;
    *passed = -1;
    return -ENOSYS;
}
#endif
