#ifndef FAULTY_FILE_H
#define FAULTY_FILE_H

#include "CFaultyVFS.h"

#include <pthread.h>
#include <sqlite3.h>

/* A write or truncation that no sync has followed yet. */
struct faulty_change {
    struct faulty_change *before;
    sqlite3_int64 offset;
    /* Size of the file before it. */
    sqlite3_int64 size_before;
    /* Bytes written; 0 for a truncation, which cuts at `offset`. */
    int length;
    /* Bytes that stood there before. */
    sqlite3_int64 old_length;
    unsigned char *new_bytes;
    unsigned char *old_bytes;
};

struct faulty_disk {
    char *folder;
    pthread_mutex_t lock;
    struct faulty_file *files;
    long operations, failures;
    long at;
    enum faulty_kind kind;
    int lasting, is_dead;
    uint64_t seed;
};

struct faulty_file {
    sqlite3_file base;
    struct faulty_disk *disk;
    char *path;
    struct faulty_change *changes;
    struct faulty_file *next;
};

static inline sqlite3_file *faulty_real(struct faulty_file *file) { return (sqlite3_file *)(file + 1); }

/* Puts this VFS's methods on a file that the system's VFS has opened. `disk` may be NULL. */
void faulty_wrap(struct faulty_file *file, struct faulty_disk *disk, const char *path);
int faulty_is_dead(struct faulty_disk *disk);

#endif
