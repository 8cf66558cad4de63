#include "CJail.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/openat2.h>
#include <sys/syscall.h>

static int open_at_once(int directory, const char *path, int flags, mode_t mode) {
    struct open_how how = {
        .flags = (uint64_t)flags,
        .mode = (flags & (O_CREAT | O_TMPFILE)) ? mode : 0,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV,
    };
    for (int attempt = 0; attempt < 8; attempt++) {
        long opened = syscall(SYS_openat2, directory, path, &how, sizeof how);
        if (opened >= 0) return (int)opened;
        if (errno != EAGAIN && errno != EINTR) break;
    }
    return -errno;
}
#endif

// The same promise one component at a time: every step is opened with O_NOFOLLOW, and `..` is refused.
static int open_by_walking(int directory, const char *path, int flags, mode_t mode) {
    struct stat start;
    if (fstat(directory, &start) != 0) return -errno;
    int folder = directory;
    int answer = -EINVAL;
    for (;;) {
        size_t length = strcspn(path, "/");
        char name[256];
        if (length == 0 || length >= sizeof name) { answer = length == 0 ? -EINVAL : -ENAMETOOLONG; break; }
        memcpy(name, path, length);
        name[length] = 0;
        if (strcmp(name, "..") == 0) { answer = -EXDEV; break; }
        bool last = path[length] == 0;
        int opened = last ? openat(folder, name, flags, mode)
                          : openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        answer = opened < 0 ? -errno : opened;
        if (folder != directory) close(folder);
        folder = directory;
        if (opened < 0) break;
        struct stat found;
        if (fstat(opened, &found) != 0 || found.st_dev != start.st_dev) {
            answer = -EXDEV;
            close(opened);
            break;
        }
        if (last) break;
        folder = opened;
        path += length + 1;
    }
    if (folder != directory) close(folder);
    return answer;
}

int cjail_open_beneath(int directory, const char *path, int flags, mode_t mode) {
    flags |= O_CLOEXEC | O_NOFOLLOW;
#ifdef __linux__
    int opened = open_at_once(directory, path, flags, mode);
    // A container's seccomp profile may answer EPERM for a call it does not know; the walk gives EPERM again if
    // the file itself was the reason.
    if (opened != -ENOSYS && opened != -EPERM) return opened;
#endif
    return open_by_walking(directory, path, flags, mode);
}
