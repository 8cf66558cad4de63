#include "CFaultyVFS.h"

#include "faulty_file.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* The default VFS before this one. */
static sqlite3_vfs *system_vfs;
static sqlite3_vfs faulty_vfs;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
enum { table_size = 64 };
static struct faulty_disk *disks[table_size];

static struct faulty_disk *disk_of(const char *path) {
    struct faulty_disk *found = NULL;
    if (!path) return NULL;
    pthread_mutex_lock(&table_lock);
    for (int i = 0; i < table_size && !found; i++) {
        if (!disks[i]) continue;
        size_t length = strlen(disks[i]->folder);
        if (strncmp(path, disks[i]->folder, length) == 0 && path[length] == '/') found = disks[i];
    }
    pthread_mutex_unlock(&table_lock);
    return found;
}

static int open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out) {
    (void)vfs;
    struct faulty_disk *disk = disk_of(path);
    struct faulty_file *self = (struct faulty_file *)file;
    memset(self, 0, sizeof *self);
    if (disk && faulty_is_dead(disk)) return SQLITE_CANTOPEN;
    int result = system_vfs->xOpen(system_vfs, path, faulty_real(self), flags, out);
    if (result != SQLITE_OK) return result;
    faulty_wrap(self, disk, path);
    return SQLITE_OK;
}

static int delete_file(sqlite3_vfs *vfs, const char *path, int sync) {
    (void)vfs;
    struct faulty_disk *disk = disk_of(path);
    if (disk && faulty_is_dead(disk)) return SQLITE_IOERR_DELETE;
    return system_vfs->xDelete(system_vfs, path, sync);
}

static void install(void) {
    system_vfs = sqlite3_vfs_find(NULL);
    faulty_vfs = *system_vfs;
    faulty_vfs.pNext = NULL;
    faulty_vfs.zName = "faulty";
    faulty_vfs.szOsFile = (int)sizeof(struct faulty_file) + system_vfs->szOsFile;
    faulty_vfs.xOpen = open_file;
    faulty_vfs.xDelete = delete_file;
    sqlite3_vfs_register(&faulty_vfs, 1);
}

struct faulty_disk *faulty_watch(const char *folder) {
    pthread_once(&once, install);
    struct faulty_disk *disk = calloc(1, sizeof *disk);
    if (!disk) return NULL;
    disk->folder = strdup(folder);
    pthread_mutex_init(&disk->lock, NULL);
    pthread_mutex_lock(&table_lock);
    int place = 0;
    while (place < table_size && disks[place]) place++;
    if (place < table_size) disks[place] = disk;
    pthread_mutex_unlock(&table_lock);
    if (place < table_size && disk->folder) return disk;
    free(disk->folder);
    free(disk);
    return NULL;
}

void faulty_forget(struct faulty_disk *disk) {
    pthread_mutex_lock(&table_lock);
    for (int i = 0; i < table_size; i++)
        if (disks[i] == disk) disks[i] = NULL;
    pthread_mutex_unlock(&table_lock);
    pthread_mutex_destroy(&disk->lock);
    free(disk->folder);
    free(disk);
}
