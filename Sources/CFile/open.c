#include "CFile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/openat2.h>
#include <sys/syscall.h>
#endif

/* RESOLVE_BENEATH gives EAGAIN when something on the way was renamed meanwhile; the kernel asks to try again. */
enum { attempts = 8 };

static int always = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;

#if defined(__linux__) && defined(SYS_openat2)
static int open_in_kernel(int root, const char *path, int flags, mode_t mode) {
    struct open_how how = {
        .flags = (uint64_t)(unsigned)(flags | always),
        .mode = (flags & O_CREAT) ? mode : 0,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV,
    };
    int result = -EAGAIN;
    for (int attempt = 0; attempt < attempts && (result == -EAGAIN || result == -EINTR); attempt++) {
        long descriptor = syscall(SYS_openat2, root, path, &how, sizeof how);
        result = descriptor < 0 ? -errno : (int)descriptor;
    }
    return result;
}
#else
static int open_in_kernel(int root, const char *path, int flags, mode_t mode) {
    (void)root, (void)path, (void)flags, (void)mode;
    return -ENOSYS;
}
#endif

static int open_component(int folder, const char *name, int flags, mode_t mode) {
    int descriptor;
    do {
        descriptor = openat(folder, name, flags | always, mode);
    } while (descriptor < 0 && errno == EINTR);
    return descriptor < 0 ? -errno : descriptor;
}

/* A symbolic link opened as a folder is ENOTDIR; openat2 says ELOOP, and so does the walk. */
static int is_link(int folder, const char *name) {
    struct stat status;
    return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
}

/* Each component is opened in the one before and never followed, so there is nothing a rename can redirect. */
static int open_by_components(int root, const char *path, int flags, mode_t mode) {
    struct stat start;
    if (fstat(root, &start) < 0) return -errno;
    int folder = root;
    int result = -ENOENT;
    const char *rest = path;
    while (*rest) {
        size_t length = strcspn(rest, "/");
        char name[NAME_MAX + 1];
        if (length == 0 || (rest[0] == '.' && (length == 1 || (length == 2 && rest[1] == '.')))) {
            result = length == 1 && path[1] == 0 ? open_component(root, ".", flags, mode) : -EXDEV;
            break;
        }
        if (length > NAME_MAX) {
            result = -ENAMETOOLONG;
            break;
        }
        memcpy(name, rest, length);
        name[length] = 0;
        rest += length;
        if (*rest == 0) {
            result = open_component(folder, name, flags, mode);
        } else {
            rest++;
            result = open_component(folder, name, O_RDONLY | O_DIRECTORY, 0);
        }
        if (result == -ENOTDIR && is_link(folder, name)) result = -ELOOP;
        if (folder != root) close(folder);
        folder = root;
        if (result < 0) break;
        struct stat here;
        if (fstat(result, &here) < 0 || here.st_dev != start.st_dev) {
            close(result);
            result = -EXDEV;
            break;
        }
        if (*rest == 0) break;
        folder = result;
    }
    if (folder != root) close(folder);
    return result;
}

int cfile_open(int root, const char *path, int flags, mode_t mode, enum cfile_resolution resolution) {
    if (resolution == CFILE_AUTOMATIC) {
        int result = open_in_kernel(root, path, flags, mode);
        /* Old kernels lack the call, containers answer it with EPERM; a real EPERM comes back from the walk too.
           ENOTDIR may mean a link at the end that was opened as a folder; the walk tells them apart. */
        if (result != -ENOSYS && result != -EPERM && result != -ENOTDIR) return result;
    }
    return open_by_components(root, path, flags, mode);
}

int cfile_has_openat2(int root) {
    int descriptor = open_in_kernel(root, ".", O_RDONLY | O_DIRECTORY, 0);
    if (descriptor < 0) return 0;
    close(descriptor);
    return 1;
}
