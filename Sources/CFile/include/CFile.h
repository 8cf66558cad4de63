#ifndef CFILE_H
#define CFILE_H

/* Not <sys/stat.h>: Swift would take `stat` for a part of this module in some builds, and of the C library in others. */
#include <stdint.h>
#include <sys/types.h>

/* How `cfile_open` walks a path. */
enum cfile_resolution {
    /* openat2 where the kernel has it, otherwise one component after the other. */
    CFILE_AUTOMATIC = 0,
    /* Always one component after the other. */
    CFILE_COMPONENTS = 1,
};

/* Opens `path`, which is relative to the folder `root` and never leaves it: no symbolic link, no `..`, no mount point
   is followed. O_CLOEXEC, O_NOFOLLOW and O_NONBLOCK are always added to `flags`. Gives a descriptor or -errno. */
int cfile_open(int root, const char *path, int flags, mode_t mode, enum cfile_resolution resolution);

/* 1 when openat2 works here, 0 when `cfile_open` walks the components. */
int cfile_has_openat2(int root);

/* Renames within one folder. With `replace` 0 an existing `to` is -EEXIST, decided by the kernel in one step. */
int cfile_rename(int folder, const char *from, const char *to, int replace);

/* The same between two folders of one volume. */
int cfile_move(int from_folder, const char *from, int to_folder, const char *to, int replace);

/* Lets two names of one folder change places in one step. -EINVAL or -ENOSYS where kernel or file system cannot. */
int cfile_exchange(int folder, const char *first, const char *second);

/* The entries of a folder, one by one. Takes over `folder`; NULL with errno set when it is none. */
struct cfile_listing;
struct cfile_listing *cfile_list(int folder);
/* The next name but `.` and `..`, valid until the next call; NULL at the end, with errno 0, or after a failure. */
const char *cfile_next(struct cfile_listing *listing);
void cfile_end(struct cfile_listing *listing);

/* Makes one folder, 0 or -errno. */
int cfile_make_folder(int parent, const char *name, mode_t mode);
/* Removes one name, an empty folder with `folder` 1. 0 or -errno. */
int cfile_remove(int parent, const char *name, int folder);

/* Free bytes for this process and the size of the volume. 0 or -errno. */
int cfile_space(int descriptor, uint64_t *free_bytes, uint64_t *total_bytes);

#endif
