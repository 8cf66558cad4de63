#include "faulty_file.h"

#include <stdlib.h>
#include <string.h>

enum { sector = 512 };

// ---- what has not been synced

static struct faulty_change *note(struct faulty_file *file, sqlite3_int64 offset, const void *bytes, int length) {
    sqlite3_file *real = faulty_real(file);
    struct faulty_change *change = calloc(1, sizeof *change);
    if (!change) abort();
    real->pMethods->xFileSize(real, &change->size_before);
    change->offset = offset;
    change->length = length;
    if (bytes) {
        change->new_bytes = malloc((size_t)length);
        memcpy(change->new_bytes, bytes, (size_t)length);
    }
    sqlite3_int64 end = bytes ? offset + length : change->size_before;
    if (end > change->size_before) end = change->size_before;
    change->old_length = end > offset ? end - offset : 0;
    if (change->old_length > 0) {
        change->old_bytes = malloc((size_t)change->old_length);
        real->pMethods->xRead(real, change->old_bytes, (int)change->old_length, offset);
    }
    change->before = file->changes;
    file->changes = change;
    return change;
}

static void drop(struct faulty_change *change) {
    free(change->new_bytes);
    free(change->old_bytes);
    free(change);
}

static void forget_changes(struct faulty_file *file) {
    while (file->changes) {
        struct faulty_change *before = file->changes->before;
        drop(file->changes);
        file->changes = before;
    }
}

static uint64_t draw(struct faulty_disk *disk) {
    // splitmix64
    uint64_t z = (disk->seed += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Takes back everything that was not synced, then does again, in order, what happened to reach the disk. */
static void cut(struct faulty_file *file) {
    sqlite3_file *real = faulty_real(file);
    struct faulty_change *forward = NULL;
    while (file->changes) {
        struct faulty_change *change = file->changes;
        file->changes = change->before;
        if (change->old_length > 0)
            real->pMethods->xWrite(real, change->old_bytes, (int)change->old_length, change->offset);
        sqlite3_int64 size = 0;
        real->pMethods->xFileSize(real, &size);
        if (size > change->size_before) real->pMethods->xTruncate(real, change->size_before);
        change->before = forward;
        forward = change;
    }
    while (forward) {
        struct faulty_change *change = forward;
        forward = change->before;
        uint64_t chance = draw(file->disk) % 3;
        if (chance > 0 && !change->new_bytes) {
            real->pMethods->xTruncate(real, change->offset);
        } else if (chance > 0) {
            int length = change->length;
            if (chance == 1) length = (int)(draw(file->disk) % (uint64_t)(length / sector + 1)) * sector;
            if (length > 0) real->pMethods->xWrite(real, change->new_bytes, length, change->offset);
        }
        drop(change);
    }
}

// ---- the disk

/* What becomes of the operation at hand: 0 it is done, otherwise how it fails. `grows` tells of a longer file. */
enum verdict { GOES_WELL, FAILS, IS_SHORT, NO_ROOM };

static enum verdict judge(struct faulty_disk *disk, int is_write, int grows) {
    disk->operations++;
    int is_due = disk->at > 0 && (disk->lasting ? disk->operations >= disk->at : disk->operations == disk->at);
    if (!disk->is_dead && !is_due) return GOES_WELL;
    if (!disk->is_dead && disk->kind == FAULTY_FULL && !(is_write && (grows || !disk->lasting))) return GOES_WELL;
    disk->failures++;
    if (disk->is_dead) return FAILS;
    switch (disk->kind) {
    case FAULTY_ERROR: return FAILS;
    case FAULTY_SHORT: return is_write ? IS_SHORT : FAILS;
    case FAULTY_FULL: return NO_ROOM;
    case FAULTY_POWER:
        for (struct faulty_file *file = disk->files; file; file = file->next) cut(file);
        disk->is_dead = 1;
        return FAILS;
    }
    return FAILS;
}

int faulty_is_dead(struct faulty_disk *disk) {
    pthread_mutex_lock(&disk->lock);
    int is_dead = disk->is_dead;
    pthread_mutex_unlock(&disk->lock);
    return is_dead;
}

void faulty_fail(struct faulty_disk *disk, long at, enum faulty_kind kind, int lasting, uint64_t seed) {
    pthread_mutex_lock(&disk->lock);
    disk->at = at;
    disk->kind = kind;
    disk->lasting = lasting;
    disk->seed = seed;
    pthread_mutex_unlock(&disk->lock);
}

void faulty_mend(struct faulty_disk *disk) {
    pthread_mutex_lock(&disk->lock);
    disk->at = 0;
    disk->is_dead = 0;
    pthread_mutex_unlock(&disk->lock);
}

static long get(struct faulty_disk *disk, const long *value) {
    pthread_mutex_lock(&disk->lock);
    long copy = *value;
    pthread_mutex_unlock(&disk->lock);
    return copy;
}

long faulty_operations(struct faulty_disk *disk) { return get(disk, &disk->operations); }
long faulty_failures(struct faulty_disk *disk) { return get(disk, &disk->failures); }

// ---- the methods of a file

static struct faulty_file *self(sqlite3_file *file) { return (struct faulty_file *)file; }

#define REAL(file) faulty_real(self(file))
#define CALL(file, method, ...) REAL(file)->pMethods->method(REAL(file) __VA_OPT__(, ) __VA_ARGS__)

static int close_file(sqlite3_file *file) {
    struct faulty_disk *disk = self(file)->disk;
    if (disk) {
        pthread_mutex_lock(&disk->lock);
        struct faulty_file **place = &disk->files;
        while (*place != self(file)) place = &(*place)->next;
        *place = self(file)->next;
        forget_changes(self(file));
        pthread_mutex_unlock(&disk->lock);
    }
    free(self(file)->path);
    return CALL(file, xClose);
}

static int read_file(sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset) {
    struct faulty_disk *disk = self(file)->disk;
    if (disk && faulty_is_dead(disk)) return SQLITE_IOERR_READ;
    return CALL(file, xRead, bytes, length, offset);
}

static int write_file(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset) {
    struct faulty_disk *disk = self(file)->disk;
    if (!disk) return CALL(file, xWrite, bytes, length, offset);
    pthread_mutex_lock(&disk->lock);
    sqlite3_int64 size = 0;
    CALL(file, xFileSize, &size);
    // A cut tears this write too: it is noted first.
    if (disk->kind == FAULTY_POWER && !disk->is_dead) note(self(file), offset, bytes, length);
    int result = SQLITE_IOERR_WRITE;
    switch (judge(disk, 1, offset + length > size)) {
    case GOES_WELL: result = CALL(file, xWrite, bytes, length, offset); break;
    case FAILS: break;
    case IS_SHORT: CALL(file, xWrite, bytes, length / 2, offset); break;
    case NO_ROOM: result = SQLITE_FULL; break;
    }
    pthread_mutex_unlock(&disk->lock);
    return result;
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size) {
    struct faulty_disk *disk = self(file)->disk;
    if (!disk) return CALL(file, xTruncate, size);
    pthread_mutex_lock(&disk->lock);
    if (disk->kind == FAULTY_POWER && !disk->is_dead) note(self(file), size, NULL, 0);
    int result = judge(disk, 0, 0) == GOES_WELL ? CALL(file, xTruncate, size) : SQLITE_IOERR_TRUNCATE;
    pthread_mutex_unlock(&disk->lock);
    return result;
}

static int sync_file(sqlite3_file *file, int flags) {
    struct faulty_disk *disk = self(file)->disk;
    if (!disk) return CALL(file, xSync, flags);
    pthread_mutex_lock(&disk->lock);
    int result = judge(disk, 0, 0) == GOES_WELL ? CALL(file, xSync, flags) : SQLITE_IOERR_FSYNC;
    if (result == SQLITE_OK)
        for (struct faulty_file *other = disk->files; other; other = other->next)
            if (strcmp(other->path, self(file)->path) == 0) forget_changes(other);
    pthread_mutex_unlock(&disk->lock);
    return result;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) { return CALL(file, xFileSize, size); }
static int lock_file(sqlite3_file *file, int level) { return CALL(file, xLock, level); }
static int unlock_file(sqlite3_file *file, int level) { return CALL(file, xUnlock, level); }
static int check_lock(sqlite3_file *file, int *out) { return CALL(file, xCheckReservedLock, out); }
static int file_control(sqlite3_file *file, int op, void *value) { return CALL(file, xFileControl, op, value); }
static int sector_size(sqlite3_file *file) { return CALL(file, xSectorSize); }
// Nothing is promised about what survives a cut.
static int characteristics(sqlite3_file *file) {
    return self(file)->disk ? 0 : CALL(file, xDeviceCharacteristics);
}
static int shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
    return CALL(file, xShmMap, page, size, extend, out);
}
static int shm_lock(sqlite3_file *file, int offset, int count, int flags) {
    return CALL(file, xShmLock, offset, count, flags);
}
static void shm_barrier(sqlite3_file *file) { CALL(file, xShmBarrier); }
static int shm_unmap(sqlite3_file *file, int remove) { return CALL(file, xShmUnmap, remove); }

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_lock,
    .xFileControl = file_control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

void faulty_wrap(struct faulty_file *file, struct faulty_disk *disk, const char *path) {
    file->base.pMethods = &methods;
    file->disk = disk;
    if (!disk) return;
    file->path = strdup(path);
    pthread_mutex_lock(&disk->lock);
    file->next = disk->files;
    disk->files = file;
    pthread_mutex_unlock(&disk->lock);
}
