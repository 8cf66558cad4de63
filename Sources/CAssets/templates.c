// Written by scripts/embed-templates from the folders of Templates/.
#include "CAssets.h"

static const unsigned char file_0[] = {
#embed "../../Templates/api-reference/pipeline.yaml"
};
static const unsigned char file_1[] = {
#embed "../../Templates/api-reference/template.yaml"
};
static const unsigned char file_2[] = {
#embed "../../Templates/api-reference/README.md"
};
static const unsigned char file_3[] = {
#embed "../../Templates/api-reference/recording.json"
};
static const unsigned char file_4[] = {
#embed "../../Templates/commit-message/pipeline.yaml"
};
static const unsigned char file_5[] = {
#embed "../../Templates/commit-message/template.yaml"
};
static const unsigned char file_6[] = {
#embed "../../Templates/commit-message/README.md"
};
static const unsigned char file_7[] = {
#embed "../../Templates/commit-message/recording.json"
};
static const unsigned char file_8[] = {
#embed "../../Templates/csv-to-json/pipeline.yaml"
};
static const unsigned char file_9[] = {
#embed "../../Templates/csv-to-json/template.yaml"
};
static const unsigned char file_10[] = {
#embed "../../Templates/csv-to-json/README.md"
};
static const unsigned char file_11[] = {
#embed "../../Templates/csv-to-json/recording.json"
};
static const unsigned char file_12[] = {
#embed "../../Templates/python-function/pipeline.yaml"
};
static const unsigned char file_13[] = {
#embed "../../Templates/python-function/template.yaml"
};
static const unsigned char file_14[] = {
#embed "../../Templates/python-function/README.md"
};
static const unsigned char file_15[] = {
#embed "../../Templates/python-function/recording.json"
};
static const unsigned char file_16[] = {
#embed "../../Templates/python-tests/pipeline.yaml"
};
static const unsigned char file_17[] = {
#embed "../../Templates/python-tests/template.yaml"
};
static const unsigned char file_18[] = {
#embed "../../Templates/python-tests/README.md"
};
static const unsigned char file_19[] = {
#embed "../../Templates/python-tests/recording.json"
};
static const unsigned char file_20[] = {
#embed "../../Templates/python-to-javascript/pipeline.yaml"
};
static const unsigned char file_21[] = {
#embed "../../Templates/python-to-javascript/template.yaml"
};
static const unsigned char file_22[] = {
#embed "../../Templates/python-to-javascript/README.md"
};
static const unsigned char file_23[] = {
#embed "../../Templates/python-to-javascript/recording.json"
};
static const unsigned char file_24[] = {
#embed "../../Templates/review-diff/pipeline.yaml"
};
static const unsigned char file_25[] = {
#embed "../../Templates/review-diff/template.yaml"
};
static const unsigned char file_26[] = {
#embed "../../Templates/review-diff/README.md"
};
static const unsigned char file_27[] = {
#embed "../../Templates/review-diff/recording.json"
};
static const unsigned char file_28[] = {
#embed "../../Templates/review-migration/pipeline.yaml"
};
static const unsigned char file_29[] = {
#embed "../../Templates/review-migration/template.yaml"
};
static const unsigned char file_30[] = {
#embed "../../Templates/review-migration/README.md"
};
static const unsigned char file_31[] = {
#embed "../../Templates/review-migration/recording.json"
};
static const unsigned char file_32[] = {
#embed "../../Templates/triage-logs/pipeline.yaml"
};
static const unsigned char file_33[] = {
#embed "../../Templates/triage-logs/template.yaml"
};
static const unsigned char file_34[] = {
#embed "../../Templates/triage-logs/README.md"
};
static const unsigned char file_35[] = {
#embed "../../Templates/triage-logs/recording.json"
};
static const unsigned char file_36[] = {
#embed "../../Templates/verified-regex/pipeline.yaml"
};
static const unsigned char file_37[] = {
#embed "../../Templates/verified-regex/template.yaml"
};
static const unsigned char file_38[] = {
#embed "../../Templates/verified-regex/README.md"
};
static const unsigned char file_39[] = {
#embed "../../Templates/verified-regex/recording.json"
};

static const struct {
    const char *name;
    const unsigned char *bytes;
    size_t size;
} files[] = {
    {"api-reference/pipeline.yaml", file_0, sizeof file_0},
    {"api-reference/template.yaml", file_1, sizeof file_1},
    {"api-reference/README.md", file_2, sizeof file_2},
    {"api-reference/recording.json", file_3, sizeof file_3},
    {"commit-message/pipeline.yaml", file_4, sizeof file_4},
    {"commit-message/template.yaml", file_5, sizeof file_5},
    {"commit-message/README.md", file_6, sizeof file_6},
    {"commit-message/recording.json", file_7, sizeof file_7},
    {"csv-to-json/pipeline.yaml", file_8, sizeof file_8},
    {"csv-to-json/template.yaml", file_9, sizeof file_9},
    {"csv-to-json/README.md", file_10, sizeof file_10},
    {"csv-to-json/recording.json", file_11, sizeof file_11},
    {"python-function/pipeline.yaml", file_12, sizeof file_12},
    {"python-function/template.yaml", file_13, sizeof file_13},
    {"python-function/README.md", file_14, sizeof file_14},
    {"python-function/recording.json", file_15, sizeof file_15},
    {"python-tests/pipeline.yaml", file_16, sizeof file_16},
    {"python-tests/template.yaml", file_17, sizeof file_17},
    {"python-tests/README.md", file_18, sizeof file_18},
    {"python-tests/recording.json", file_19, sizeof file_19},
    {"python-to-javascript/pipeline.yaml", file_20, sizeof file_20},
    {"python-to-javascript/template.yaml", file_21, sizeof file_21},
    {"python-to-javascript/README.md", file_22, sizeof file_22},
    {"python-to-javascript/recording.json", file_23, sizeof file_23},
    {"review-diff/pipeline.yaml", file_24, sizeof file_24},
    {"review-diff/template.yaml", file_25, sizeof file_25},
    {"review-diff/README.md", file_26, sizeof file_26},
    {"review-diff/recording.json", file_27, sizeof file_27},
    {"review-migration/pipeline.yaml", file_28, sizeof file_28},
    {"review-migration/template.yaml", file_29, sizeof file_29},
    {"review-migration/README.md", file_30, sizeof file_30},
    {"review-migration/recording.json", file_31, sizeof file_31},
    {"triage-logs/pipeline.yaml", file_32, sizeof file_32},
    {"triage-logs/template.yaml", file_33, sizeof file_33},
    {"triage-logs/README.md", file_34, sizeof file_34},
    {"triage-logs/recording.json", file_35, sizeof file_35},
    {"verified-regex/pipeline.yaml", file_36, sizeof file_36},
    {"verified-regex/template.yaml", file_37, sizeof file_37},
    {"verified-regex/README.md", file_38, sizeof file_38},
    {"verified-regex/recording.json", file_39, sizeof file_39},
};

enum { FILES = sizeof files / sizeof *files };

const unsigned char *factory_template_file(size_t index, const char **name, size_t *size) {
    if (index >= FILES) return nullptr;
    *name = files[index].name;
    *size = files[index].size;
    return files[index].bytes;
}
