#include "CFile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static int outcome(int result) { return result < 0 ? -errno : result; }

static int move_without_replacing(int source, const char *from, int target, const char *to) {
#if defined(__linux__) && defined(RENAME_NOREPLACE)
    int result = outcome(renameat2(source, from, target, to, RENAME_NOREPLACE));
    /* Some file systems know no flags; a hard link refuses an existing name just as well. */
    if (result != -EINVAL && result != -ENOSYS) return result;
#elif defined(__APPLE__)
    return outcome(renameatx_np(source, from, target, to, RENAME_EXCL));
#endif
    int linked = outcome(linkat(source, from, target, to, 0));
    return linked < 0 ? linked : outcome(unlinkat(source, from, 0));
}

int cfile_move(int from_folder, const char *from, int to_folder, const char *to, int replace) {
    return replace ? outcome(renameat(from_folder, from, to_folder, to))
                   : move_without_replacing(from_folder, from, to_folder, to);
}

int cfile_rename(int folder, const char *from, const char *to, int replace) {
    return cfile_move(folder, from, folder, to, replace);
}

int cfile_exchange(int folder, const char *first, const char *second) {
#if defined(__linux__) && defined(RENAME_EXCHANGE)
    return outcome(renameat2(folder, first, folder, second, RENAME_EXCHANGE));
#elif defined(__APPLE__)
    return outcome(renameatx_np(folder, first, folder, second, RENAME_SWAP));
#else
    (void)folder, (void)first, (void)second;
    return -ENOSYS;
#endif
}

struct cfile_listing {
    DIR *stream;
};

struct cfile_listing *cfile_list(int folder) {
    struct cfile_listing *listing = malloc(sizeof *listing);
    if (!listing) {
        close(folder);
        return NULL;
    }
    listing->stream = fdopendir(folder);
    if (!listing->stream) {
        int reason = errno;
        close(folder);
        free(listing);
        errno = reason;
        return NULL;
    }
    return listing;
}

const char *cfile_next(struct cfile_listing *listing) {
    for (;;) {
        errno = 0;
        struct dirent *entry = readdir(listing->stream);
        if (!entry) return NULL;
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) return entry->d_name;
    }
}

void cfile_end(struct cfile_listing *listing) {
    closedir(listing->stream);
    free(listing);
}

int cfile_make_folder(int parent, const char *name, mode_t mode) { return outcome(mkdirat(parent, name, mode)); }

int cfile_remove(int parent, const char *name, int folder) {
    return outcome(unlinkat(parent, name, folder ? AT_REMOVEDIR : 0));
}

int cfile_space(int descriptor, uint64_t *free_bytes, uint64_t *total_bytes) {
    struct statvfs volume;
    if (fstatvfs(descriptor, &volume) < 0) return -errno;
    *free_bytes = (uint64_t)volume.f_bavail * volume.f_frsize;
    *total_bytes = (uint64_t)volume.f_blocks * volume.f_frsize;
    return 0;
}
