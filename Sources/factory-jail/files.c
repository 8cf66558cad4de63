#include "jail.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONGEST_PATH = 1024 };

static bool copy_bytes(int from, int to, uint64_t count) {
    while (count > 0) {
        ssize_t copied = sendfile(to, from, nullptr, count < (1u << 30) ? (size_t)count : (1u << 30));
        if (copied < 0 && errno == EINTR) continue;
        if (copied == 0) errno = EIO;
        if (copied <= 0) return false;
        count -= (uint64_t)copied;
    }
    return true;
}

bool file_copy(int from, int folder, const char *name, mode_t mode) {
    struct stat source;
    if (fstat(from, &source) != 0) return false;
    int to = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    if (to < 0) return false;
    bool done = copy_bytes(from, to, (uint64_t)source.st_size);
    close(to);
    return done;
}

static bool read_exactly(int file, void *bytes, size_t count) {
    for (size_t done = 0; done < count;) {
        ssize_t length = read(file, (char *)bytes + done, count - done);
        if (length < 0 && errno == EINTR) continue;
        if (length == 0) errno = EIO;
        if (length <= 0) return false;
        done += (size_t)length;
    }
    return true;
}

// Makes the folders above the last component and returns the innermost; the caller closes it.
static int make_parents(int folder, char *path, char **name) {
    int inner = fcntl(folder, F_DUPFD_CLOEXEC, 0);
    for (char *slash; inner >= 0 && (slash = strchr(path, '/')); path = slash + 1) {
        *slash = 0;
        if (*path == 0 || strcmp(path, ".") == 0 || strcmp(path, "..") == 0) {
            close(inner);
            errno = EINVAL;
            return -1;
        }
        if (mkdirat(inner, path, 0755) != 0 && errno != EEXIST) { close(inner); return -1; }
        int next = openat(inner, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        close(inner);
        inner = next;
    }
    *name = path;
    return inner;
}

void files_unpack(const struct inside *inside, int folder) {
    struct stat packed;
    if (fstat(JAIL_FILES, &packed) != 0) inside_fail(inside, JAIL_STAGE_FILES, "files");
    for (off_t at = 0; at < packed.st_size;) {
        struct jail_file file;
        char path[LONGEST_PATH + 1] = {0};
        if (!read_exactly(JAIL_FILES, &file, sizeof file)) inside_fail(inside, JAIL_STAGE_FILES, "header");
        if (file.path_length == 0 || file.path_length > LONGEST_PATH) {
            errno = EINVAL;
            inside_fail(inside, JAIL_STAGE_FILES, "path");
        }
        if (!read_exactly(JAIL_FILES, path, file.path_length)) inside_fail(inside, JAIL_STAGE_FILES, "path");
        char *name = path;
        int parent = make_parents(folder, path, &name);
        if (parent < 0) inside_fail(inside, JAIL_STAGE_FILES, name);
        int to = openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                        file.executable ? 0755 : 0644);
        if (to < 0 || !copy_bytes(JAIL_FILES, to, file.size)) inside_fail(inside, JAIL_STAGE_FILES, name);
        close(to);
        close(parent);
        at += (off_t)(sizeof file + file.path_length + file.size);
    }
}
