// zlib, with the macros that Swift does not see as functions.
#pragma once

#include <zlib.h>

// Begins a stream of the gzip format (31 as `bits`) or of bare deflate (-15).
static inline int czlib_begin(z_stream *stream, int level, int bits) {
    return deflateInit2(stream, level, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY);
}
