#ifndef CFAULTY_VFS_H
#define CFAULTY_VFS_H

#include <stdint.h>

/* A SQLite VFS over the default one whose disk fails when a test says so. It becomes the default VFS of the process and
   leaves every file alone that is not beneath a watched folder. */

/* How a disk fails. */
enum faulty_kind {
    /* The operation does nothing and is an error. */
    FAULTY_ERROR,
    /* A write keeps only its first half and is an error; anything else as FAULTY_ERROR. */
    FAULTY_SHORT,
    /* A write that makes the file longer finds no room; syncs go well. */
    FAULTY_FULL,
    /* The power is cut before the operation is done: of what was written and not synced some writes are whole on the
       disk, some torn at a sector, some lost, as the seed says. From then on everything fails. */
    FAULTY_POWER,
};

struct faulty_disk;

/* Watches the files beneath `folder`, an absolute path. NULL when there is no memory or no place. */
struct faulty_disk *faulty_watch(const char *folder);
/* Fails the operation number `at`, from 1: writes, syncs and truncations count. With `lasting` every later one too. */
void faulty_fail(struct faulty_disk *disk, long at, enum faulty_kind kind, int lasting, uint64_t seed);
/* Nothing fails any more. */
void faulty_mend(struct faulty_disk *disk);
/* Operations so far. */
long faulty_operations(struct faulty_disk *disk);
/* Operations that failed. */
long faulty_failures(struct faulty_disk *disk);
/* The folder is watched no longer; no file beneath it is open. */
void faulty_forget(struct faulty_disk *disk);

#endif
