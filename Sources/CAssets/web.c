// Written by scripts/embed-web from the files of Web/.
#include "CAssets.h"

static const unsigned char file_0[] = {
#embed "../../Web/app/api.js"
};
static const unsigned char file_1[] = {
#embed "../../Web/app/app.js"
};
static const unsigned char file_2[] = {
#embed "../../Web/app/commands.js"
};
static const unsigned char file_3[] = {
#embed "../../Web/app/failed.js"
};
static const unsigned char file_4[] = {
#embed "../../Web/app/live-runs.js"
};
static const unsigned char file_5[] = {
#embed "../../Web/app/live.js"
};
static const unsigned char file_6[] = {
#embed "../../Web/app/main.js"
};
static const unsigned char file_7[] = {
#embed "../../Web/app/match.js"
};
static const unsigned char file_8[] = {
#embed "../../Web/app/palette-query.js"
};
static const unsigned char file_9[] = {
#embed "../../Web/app/palette.js"
};
static const unsigned char file_10[] = {
#embed "../../Web/app/places.js"
};
static const unsigned char file_11[] = {
#embed "../../Web/app/preferences.js"
};
static const unsigned char file_12[] = {
#embed "../../Web/app/reconnect.js"
};
static const unsigned char file_13[] = {
#embed "../../Web/app/router.js"
};
static const unsigned char file_14[] = {
#embed "../../Web/app/routes.js"
};
static const unsigned char file_15[] = {
#embed "../../Web/app/session.js"
};
static const unsigned char file_16[] = {
#embed "../../Web/app/shell.js"
};
static const unsigned char file_17[] = {
#embed "../../Web/app/shortcuts.js"
};
static const unsigned char file_18[] = {
#embed "../../Web/app/version.js"
};
static const unsigned char file_19[] = {
#embed "../../Web/css/components.css"
};
static const unsigned char file_20[] = {
#embed "../../Web/css/pages/compare.css"
};
static const unsigned char file_21[] = {
#embed "../../Web/css/pages/editor.css"
};
static const unsigned char file_22[] = {
#embed "../../Web/css/pages/files.css"
};
static const unsigned char file_23[] = {
#embed "../../Web/css/pages/models.css"
};
static const unsigned char file_24[] = {
#embed "../../Web/css/pages/monitor.css"
};
static const unsigned char file_25[] = {
#embed "../../Web/css/pages/pipelines.css"
};
static const unsigned char file_26[] = {
#embed "../../Web/css/pages/settings.css"
};
static const unsigned char file_27[] = {
#embed "../../Web/css/pages/share.css"
};
static const unsigned char file_28[] = {
#embed "../../Web/css/pages/signin.css"
};
static const unsigned char file_29[] = {
#embed "../../Web/css/pages/templates.css"
};
static const unsigned char file_30[] = {
#embed "../../Web/css/shell.css"
};
static const unsigned char file_31[] = {
#embed "../../Web/css/tokens.css"
};
static const unsigned char file_32[] = {
#embed "../../Web/dom/announce.js"
};
static const unsigned char file_33[] = {
#embed "../../Web/dom/element.js"
};
static const unsigned char file_34[] = {
#embed "../../Web/dom/focus.js"
};
static const unsigned char file_35[] = {
#embed "../../Web/dom/html.js"
};
static const unsigned char file_36[] = {
#embed "../../Web/dom/signal.js"
};
static const unsigned char file_37[] = {
#embed "../../Web/icon.svg"
};
static const unsigned char file_38[] = {
#embed "../../Web/index.html"
};
static const unsigned char file_39[] = {
#embed "../../Web/model/activity.js"
};
static const unsigned char file_40[] = {
#embed "../../Web/model/changes.js"
};
static const unsigned char file_41[] = {
#embed "../../Web/model/chart.js"
};
static const unsigned char file_42[] = {
#embed "../../Web/model/clipboard.js"
};
static const unsigned char file_43[] = {
#embed "../../Web/model/code-tokens.js"
};
static const unsigned char file_44[] = {
#embed "../../Web/model/commands.js"
};
static const unsigned char file_45[] = {
#embed "../../Web/model/curl.js"
};
static const unsigned char file_46[] = {
#embed "../../Web/model/diff-lines.js"
};
static const unsigned char file_47[] = {
#embed "../../Web/model/document.js"
};
static const unsigned char file_48[] = {
#embed "../../Web/model/editor-model.js"
};
static const unsigned char file_49[] = {
#embed "../../Web/model/file-kind.js"
};
static const unsigned char file_50[] = {
#embed "../../Web/model/form-rules.js"
};
static const unsigned char file_51[] = {
#embed "../../Web/model/format.js"
};
static const unsigned char file_52[] = {
#embed "../../Web/model/graph.js"
};
static const unsigned char file_53[] = {
#embed "../../Web/model/history.js"
};
static const unsigned char file_54[] = {
#embed "../../Web/model/json-rows.js"
};
static const unsigned char file_55[] = {
#embed "../../Web/model/layout.js"
};
static const unsigned char file_56[] = {
#embed "../../Web/model/log-source.js"
};
static const unsigned char file_57[] = {
#embed "../../Web/model/log-window.js"
};
static const unsigned char file_58[] = {
#embed "../../Web/model/markdown-inline.js"
};
static const unsigned char file_59[] = {
#embed "../../Web/model/markdown.js"
};
static const unsigned char file_60[] = {
#embed "../../Web/model/models.js"
};
static const unsigned char file_61[] = {
#embed "../../Web/model/names.js"
};
static const unsigned char file_62[] = {
#embed "../../Web/model/new-step.js"
};
static const unsigned char file_63[] = {
#embed "../../Web/model/output-views.js"
};
static const unsigned char file_64[] = {
#embed "../../Web/model/plain-text.js"
};
static const unsigned char file_65[] = {
#embed "../../Web/model/references.js"
};
static const unsigned char file_66[] = {
#embed "../../Web/model/rename.js"
};
static const unsigned char file_67[] = {
#embed "../../Web/model/run-log-lines.js"
};
static const unsigned char file_68[] = {
#embed "../../Web/model/run-state.js"
};
static const unsigned char file_69[] = {
#embed "../../Web/model/run-text.js"
};
static const unsigned char file_70[] = {
#embed "../../Web/model/run-timeline.js"
};
static const unsigned char file_71[] = {
#embed "../../Web/model/schema-form.js"
};
static const unsigned char file_72[] = {
#embed "../../Web/model/selection.js"
};
static const unsigned char file_73[] = {
#embed "../../Web/model/step-texts.js"
};
static const unsigned char file_74[] = {
#embed "../../Web/model/table-rows.js"
};
static const unsigned char file_75[] = {
#embed "../../Web/model/usage.js"
};
static const unsigned char file_76[] = {
#embed "../../Web/model/variables.js"
};
static const unsigned char file_77[] = {
#embed "../../Web/model/workspace.js"
};
static const unsigned char file_78[] = {
#embed "../../Web/model/yaml-text.js"
};
static const unsigned char file_79[] = {
#embed "../../Web/pages/compare/changes.js"
};
static const unsigned char file_80[] = {
#embed "../../Web/pages/compare/compare.js"
};
static const unsigned char file_81[] = {
#embed "../../Web/pages/compare/lines-view.js"
};
static const unsigned char file_82[] = {
#embed "../../Web/pages/compare/lines.js"
};
static const unsigned char file_83[] = {
#embed "../../Web/pages/compare/pick.js"
};
static const unsigned char file_84[] = {
#embed "../../Web/pages/compare/print.js"
};
static const unsigned char file_85[] = {
#embed "../../Web/pages/compare/read.js"
};
static const unsigned char file_86[] = {
#embed "../../Web/pages/compare/union.js"
};
static const unsigned char file_87[] = {
#embed "../../Web/pages/compare/version-dialogs.js"
};
static const unsigned char file_88[] = {
#embed "../../Web/pages/models/aliases.js"
};
static const unsigned char file_89[] = {
#embed "../../Web/pages/models/found.js"
};
static const unsigned char file_90[] = {
#embed "../../Web/pages/models/model-form.js"
};
static const unsigned char file_91[] = {
#embed "../../Web/pages/models/model-table.js"
};
static const unsigned char file_92[] = {
#embed "../../Web/pages/models/models.js"
};
static const unsigned char file_93[] = {
#embed "../../Web/pages/models/provider-form.js"
};
static const unsigned char file_94[] = {
#embed "../../Web/pages/models/providers.js"
};
static const unsigned char file_95[] = {
#embed "../../Web/pages/models/secret-forms.js"
};
static const unsigned char file_96[] = {
#embed "../../Web/pages/models/secret-tables.js"
};
static const unsigned char file_97[] = {
#embed "../../Web/pages/models/secrets.js"
};
static const unsigned char file_98[] = {
#embed "../../Web/pages/notfound/notfound.js"
};
static const unsigned char file_99[] = {
#embed "../../Web/pages/pipelines/actions.js"
};
static const unsigned char file_100[] = {
#embed "../../Web/pages/pipelines/figures.js"
};
static const unsigned char file_101[] = {
#embed "../../Web/pages/pipelines/filters.js"
};
static const unsigned char file_102[] = {
#embed "../../Web/pages/pipelines/import-documents.js"
};
static const unsigned char file_103[] = {
#embed "../../Web/pages/pipelines/import.js"
};
static const unsigned char file_104[] = {
#embed "../../Web/pages/pipelines/list.js"
};
static const unsigned char file_105[] = {
#embed "../../Web/pages/pipelines/new.js"
};
static const unsigned char file_106[] = {
#embed "../../Web/pages/pipelines/pipelines.js"
};
static const unsigned char file_107[] = {
#embed "../../Web/pages/pipelines/states.js"
};
static const unsigned char file_108[] = {
#embed "../../Web/pages/pipelines/step-types.js"
};
static const unsigned char file_109[] = {
#embed "../../Web/pages/pipelines/summary.js"
};
static const unsigned char file_110[] = {
#embed "../../Web/pages/pipelines/template-strip.js"
};
static const unsigned char file_111[] = {
#embed "../../Web/pages/pipelines/tile-menu.js"
};
static const unsigned char file_112[] = {
#embed "../../Web/pages/pipelines/tile.js"
};
static const unsigned char file_113[] = {
#embed "../../Web/pages/pipelines/tiles.js"
};
static const unsigned char file_114[] = {
#embed "../../Web/pages/pipelines/toolbar.js"
};
static const unsigned char file_115[] = {
#embed "../../Web/pages/pipelines/trash.js"
};
static const unsigned char file_116[] = {
#embed "../../Web/pages/settings/appearance.js"
};
static const unsigned char file_117[] = {
#embed "../../Web/pages/settings/audit.js"
};
static const unsigned char file_118[] = {
#embed "../../Web/pages/settings/client-name.js"
};
static const unsigned char file_119[] = {
#embed "../../Web/pages/settings/key-form.js"
};
static const unsigned char file_120[] = {
#embed "../../Web/pages/settings/keys.js"
};
static const unsigned char file_121[] = {
#embed "../../Web/pages/settings/people.js"
};
static const unsigned char file_122[] = {
#embed "../../Web/pages/settings/person-forms.js"
};
static const unsigned char file_123[] = {
#embed "../../Web/pages/settings/profile.js"
};
static const unsigned char file_124[] = {
#embed "../../Web/pages/settings/sessions.js"
};
static const unsigned char file_125[] = {
#embed "../../Web/pages/settings/settings.js"
};
static const unsigned char file_126[] = {
#embed "../../Web/pages/shared/shared.js"
};
static const unsigned char file_127[] = {
#embed "../../Web/pages/signin/account-form.js"
};
static const unsigned char file_128[] = {
#embed "../../Web/pages/signin/join.js"
};
static const unsigned char file_129[] = {
#embed "../../Web/pages/signin/rules.js"
};
static const unsigned char file_130[] = {
#embed "../../Web/pages/signin/setup.js"
};
static const unsigned char file_131[] = {
#embed "../../Web/pages/signin/signin.js"
};
static const unsigned char file_132[] = {
#embed "../../Web/pages/signin/token.js"
};
static const unsigned char file_133[] = {
#embed "../../Web/pages/signin/welcome.js"
};
static const unsigned char file_134[] = {
#embed "../../Web/pages/templates/categories.js"
};
static const unsigned char file_135[] = {
#embed "../../Web/pages/templates/preview.js"
};
static const unsigned char file_136[] = {
#embed "../../Web/pages/templates/publish.js"
};
static const unsigned char file_137[] = {
#embed "../../Web/pages/templates/template-list.js"
};
static const unsigned char file_138[] = {
#embed "../../Web/pages/templates/template.js"
};
static const unsigned char file_139[] = {
#embed "../../Web/pages/templates/templates.js"
};
static const unsigned char file_140[] = {
#embed "../../Web/pages/templates/use.js"
};
static const unsigned char file_141[] = {
#embed "../../Web/parts/activity.js"
};
static const unsigned char file_142[] = {
#embed "../../Web/parts/avatar.js"
};
static const unsigned char file_143[] = {
#embed "../../Web/parts/banner.js"
};
static const unsigned char file_144[] = {
#embed "../../Web/parts/chain.js"
};
static const unsigned char file_145[] = {
#embed "../../Web/parts/chart.js"
};
static const unsigned char file_146[] = {
#embed "../../Web/parts/code.js"
};
static const unsigned char file_147[] = {
#embed "../../Web/parts/copy.js"
};
static const unsigned char file_148[] = {
#embed "../../Web/parts/dialog.js"
};
static const unsigned char file_149[] = {
#embed "../../Web/parts/diff.js"
};
static const unsigned char file_150[] = {
#embed "../../Web/parts/editor/completion-context.js"
};
static const unsigned char file_151[] = {
#embed "../../Web/parts/editor/editor.js"
};
static const unsigned char file_152[] = {
#embed "../../Web/parts/editor/explanations.js"
};
static const unsigned char file_153[] = {
#embed "../../Web/parts/editor/grammar.js"
};
static const unsigned char file_154[] = {
#embed "../../Web/parts/editor/languages.js"
};
static const unsigned char file_155[] = {
#embed "../../Web/parts/editor/layer.js"
};
static const unsigned char file_156[] = {
#embed "../../Web/parts/editor/positions.js"
};
static const unsigned char file_157[] = {
#embed "../../Web/parts/editor/suggestions.js"
};
static const unsigned char file_158[] = {
#embed "../../Web/parts/empty.js"
};
static const unsigned char file_159[] = {
#embed "../../Web/parts/field.js"
};
static const unsigned char file_160[] = {
#embed "../../Web/parts/file-view.js"
};
static const unsigned char file_161[] = {
#embed "../../Web/parts/form-dialog.js"
};
static const unsigned char file_162[] = {
#embed "../../Web/parts/form.js"
};
static const unsigned char file_163[] = {
#embed "../../Web/parts/icon.js"
};
static const unsigned char file_164[] = {
#embed "../../Web/parts/json-tree.js"
};
static const unsigned char file_165[] = {
#embed "../../Web/parts/load.js"
};
static const unsigned char file_166[] = {
#embed "../../Web/parts/log.js"
};
static const unsigned char file_167[] = {
#embed "../../Web/parts/markdown.js"
};
static const unsigned char file_168[] = {
#embed "../../Web/parts/menu.js"
};
static const unsigned char file_169[] = {
#embed "../../Web/parts/mini-graph.js"
};
static const unsigned char file_170[] = {
#embed "../../Web/parts/once.js"
};
static const unsigned char file_171[] = {
#embed "../../Web/parts/problem.js"
};
static const unsigned char file_172[] = {
#embed "../../Web/parts/share-links.js"
};
static const unsigned char file_173[] = {
#embed "../../Web/parts/share.js"
};
static const unsigned char file_174[] = {
#embed "../../Web/parts/skeleton.js"
};
static const unsigned char file_175[] = {
#embed "../../Web/parts/spark.js"
};
static const unsigned char file_176[] = {
#embed "../../Web/parts/status.js"
};
static const unsigned char file_177[] = {
#embed "../../Web/parts/table-view.js"
};
static const unsigned char file_178[] = {
#embed "../../Web/parts/table.js"
};
static const unsigned char file_179[] = {
#embed "../../Web/parts/tabs.js"
};
static const unsigned char file_180[] = {
#embed "../../Web/parts/time.js"
};
static const unsigned char file_181[] = {
#embed "../../Web/parts/toast.js"
};
static const unsigned char file_182[] = {
#embed "../../Client/client.js"
};

static const struct {
    const char *name;
    const unsigned char *bytes;
    size_t size;
} files[] = {
    {"Web/app/api.js", file_0, sizeof file_0},
    {"Web/app/app.js", file_1, sizeof file_1},
    {"Web/app/commands.js", file_2, sizeof file_2},
    {"Web/app/failed.js", file_3, sizeof file_3},
    {"Web/app/live-runs.js", file_4, sizeof file_4},
    {"Web/app/live.js", file_5, sizeof file_5},
    {"Web/app/main.js", file_6, sizeof file_6},
    {"Web/app/match.js", file_7, sizeof file_7},
    {"Web/app/palette-query.js", file_8, sizeof file_8},
    {"Web/app/palette.js", file_9, sizeof file_9},
    {"Web/app/places.js", file_10, sizeof file_10},
    {"Web/app/preferences.js", file_11, sizeof file_11},
    {"Web/app/reconnect.js", file_12, sizeof file_12},
    {"Web/app/router.js", file_13, sizeof file_13},
    {"Web/app/routes.js", file_14, sizeof file_14},
    {"Web/app/session.js", file_15, sizeof file_15},
    {"Web/app/shell.js", file_16, sizeof file_16},
    {"Web/app/shortcuts.js", file_17, sizeof file_17},
    {"Web/app/version.js", file_18, sizeof file_18},
    {"Web/css/components.css", file_19, sizeof file_19},
    {"Web/css/pages/compare.css", file_20, sizeof file_20},
    {"Web/css/pages/editor.css", file_21, sizeof file_21},
    {"Web/css/pages/files.css", file_22, sizeof file_22},
    {"Web/css/pages/models.css", file_23, sizeof file_23},
    {"Web/css/pages/monitor.css", file_24, sizeof file_24},
    {"Web/css/pages/pipelines.css", file_25, sizeof file_25},
    {"Web/css/pages/settings.css", file_26, sizeof file_26},
    {"Web/css/pages/share.css", file_27, sizeof file_27},
    {"Web/css/pages/signin.css", file_28, sizeof file_28},
    {"Web/css/pages/templates.css", file_29, sizeof file_29},
    {"Web/css/shell.css", file_30, sizeof file_30},
    {"Web/css/tokens.css", file_31, sizeof file_31},
    {"Web/dom/announce.js", file_32, sizeof file_32},
    {"Web/dom/element.js", file_33, sizeof file_33},
    {"Web/dom/focus.js", file_34, sizeof file_34},
    {"Web/dom/html.js", file_35, sizeof file_35},
    {"Web/dom/signal.js", file_36, sizeof file_36},
    {"Web/icon.svg", file_37, sizeof file_37},
    {"Web/index.html", file_38, sizeof file_38},
    {"Web/model/activity.js", file_39, sizeof file_39},
    {"Web/model/changes.js", file_40, sizeof file_40},
    {"Web/model/chart.js", file_41, sizeof file_41},
    {"Web/model/clipboard.js", file_42, sizeof file_42},
    {"Web/model/code-tokens.js", file_43, sizeof file_43},
    {"Web/model/commands.js", file_44, sizeof file_44},
    {"Web/model/curl.js", file_45, sizeof file_45},
    {"Web/model/diff-lines.js", file_46, sizeof file_46},
    {"Web/model/document.js", file_47, sizeof file_47},
    {"Web/model/editor-model.js", file_48, sizeof file_48},
    {"Web/model/file-kind.js", file_49, sizeof file_49},
    {"Web/model/form-rules.js", file_50, sizeof file_50},
    {"Web/model/format.js", file_51, sizeof file_51},
    {"Web/model/graph.js", file_52, sizeof file_52},
    {"Web/model/history.js", file_53, sizeof file_53},
    {"Web/model/json-rows.js", file_54, sizeof file_54},
    {"Web/model/layout.js", file_55, sizeof file_55},
    {"Web/model/log-source.js", file_56, sizeof file_56},
    {"Web/model/log-window.js", file_57, sizeof file_57},
    {"Web/model/markdown-inline.js", file_58, sizeof file_58},
    {"Web/model/markdown.js", file_59, sizeof file_59},
    {"Web/model/models.js", file_60, sizeof file_60},
    {"Web/model/names.js", file_61, sizeof file_61},
    {"Web/model/new-step.js", file_62, sizeof file_62},
    {"Web/model/output-views.js", file_63, sizeof file_63},
    {"Web/model/plain-text.js", file_64, sizeof file_64},
    {"Web/model/references.js", file_65, sizeof file_65},
    {"Web/model/rename.js", file_66, sizeof file_66},
    {"Web/model/run-log-lines.js", file_67, sizeof file_67},
    {"Web/model/run-state.js", file_68, sizeof file_68},
    {"Web/model/run-text.js", file_69, sizeof file_69},
    {"Web/model/run-timeline.js", file_70, sizeof file_70},
    {"Web/model/schema-form.js", file_71, sizeof file_71},
    {"Web/model/selection.js", file_72, sizeof file_72},
    {"Web/model/step-texts.js", file_73, sizeof file_73},
    {"Web/model/table-rows.js", file_74, sizeof file_74},
    {"Web/model/usage.js", file_75, sizeof file_75},
    {"Web/model/variables.js", file_76, sizeof file_76},
    {"Web/model/workspace.js", file_77, sizeof file_77},
    {"Web/model/yaml-text.js", file_78, sizeof file_78},
    {"Web/pages/compare/changes.js", file_79, sizeof file_79},
    {"Web/pages/compare/compare.js", file_80, sizeof file_80},
    {"Web/pages/compare/lines-view.js", file_81, sizeof file_81},
    {"Web/pages/compare/lines.js", file_82, sizeof file_82},
    {"Web/pages/compare/pick.js", file_83, sizeof file_83},
    {"Web/pages/compare/print.js", file_84, sizeof file_84},
    {"Web/pages/compare/read.js", file_85, sizeof file_85},
    {"Web/pages/compare/union.js", file_86, sizeof file_86},
    {"Web/pages/compare/version-dialogs.js", file_87, sizeof file_87},
    {"Web/pages/models/aliases.js", file_88, sizeof file_88},
    {"Web/pages/models/found.js", file_89, sizeof file_89},
    {"Web/pages/models/model-form.js", file_90, sizeof file_90},
    {"Web/pages/models/model-table.js", file_91, sizeof file_91},
    {"Web/pages/models/models.js", file_92, sizeof file_92},
    {"Web/pages/models/provider-form.js", file_93, sizeof file_93},
    {"Web/pages/models/providers.js", file_94, sizeof file_94},
    {"Web/pages/models/secret-forms.js", file_95, sizeof file_95},
    {"Web/pages/models/secret-tables.js", file_96, sizeof file_96},
    {"Web/pages/models/secrets.js", file_97, sizeof file_97},
    {"Web/pages/notfound/notfound.js", file_98, sizeof file_98},
    {"Web/pages/pipelines/actions.js", file_99, sizeof file_99},
    {"Web/pages/pipelines/figures.js", file_100, sizeof file_100},
    {"Web/pages/pipelines/filters.js", file_101, sizeof file_101},
    {"Web/pages/pipelines/import-documents.js", file_102, sizeof file_102},
    {"Web/pages/pipelines/import.js", file_103, sizeof file_103},
    {"Web/pages/pipelines/list.js", file_104, sizeof file_104},
    {"Web/pages/pipelines/new.js", file_105, sizeof file_105},
    {"Web/pages/pipelines/pipelines.js", file_106, sizeof file_106},
    {"Web/pages/pipelines/states.js", file_107, sizeof file_107},
    {"Web/pages/pipelines/step-types.js", file_108, sizeof file_108},
    {"Web/pages/pipelines/summary.js", file_109, sizeof file_109},
    {"Web/pages/pipelines/template-strip.js", file_110, sizeof file_110},
    {"Web/pages/pipelines/tile-menu.js", file_111, sizeof file_111},
    {"Web/pages/pipelines/tile.js", file_112, sizeof file_112},
    {"Web/pages/pipelines/tiles.js", file_113, sizeof file_113},
    {"Web/pages/pipelines/toolbar.js", file_114, sizeof file_114},
    {"Web/pages/pipelines/trash.js", file_115, sizeof file_115},
    {"Web/pages/settings/appearance.js", file_116, sizeof file_116},
    {"Web/pages/settings/audit.js", file_117, sizeof file_117},
    {"Web/pages/settings/client-name.js", file_118, sizeof file_118},
    {"Web/pages/settings/key-form.js", file_119, sizeof file_119},
    {"Web/pages/settings/keys.js", file_120, sizeof file_120},
    {"Web/pages/settings/people.js", file_121, sizeof file_121},
    {"Web/pages/settings/person-forms.js", file_122, sizeof file_122},
    {"Web/pages/settings/profile.js", file_123, sizeof file_123},
    {"Web/pages/settings/sessions.js", file_124, sizeof file_124},
    {"Web/pages/settings/settings.js", file_125, sizeof file_125},
    {"Web/pages/shared/shared.js", file_126, sizeof file_126},
    {"Web/pages/signin/account-form.js", file_127, sizeof file_127},
    {"Web/pages/signin/join.js", file_128, sizeof file_128},
    {"Web/pages/signin/rules.js", file_129, sizeof file_129},
    {"Web/pages/signin/setup.js", file_130, sizeof file_130},
    {"Web/pages/signin/signin.js", file_131, sizeof file_131},
    {"Web/pages/signin/token.js", file_132, sizeof file_132},
    {"Web/pages/signin/welcome.js", file_133, sizeof file_133},
    {"Web/pages/templates/categories.js", file_134, sizeof file_134},
    {"Web/pages/templates/preview.js", file_135, sizeof file_135},
    {"Web/pages/templates/publish.js", file_136, sizeof file_136},
    {"Web/pages/templates/template-list.js", file_137, sizeof file_137},
    {"Web/pages/templates/template.js", file_138, sizeof file_138},
    {"Web/pages/templates/templates.js", file_139, sizeof file_139},
    {"Web/pages/templates/use.js", file_140, sizeof file_140},
    {"Web/parts/activity.js", file_141, sizeof file_141},
    {"Web/parts/avatar.js", file_142, sizeof file_142},
    {"Web/parts/banner.js", file_143, sizeof file_143},
    {"Web/parts/chain.js", file_144, sizeof file_144},
    {"Web/parts/chart.js", file_145, sizeof file_145},
    {"Web/parts/code.js", file_146, sizeof file_146},
    {"Web/parts/copy.js", file_147, sizeof file_147},
    {"Web/parts/dialog.js", file_148, sizeof file_148},
    {"Web/parts/diff.js", file_149, sizeof file_149},
    {"Web/parts/editor/completion-context.js", file_150, sizeof file_150},
    {"Web/parts/editor/editor.js", file_151, sizeof file_151},
    {"Web/parts/editor/explanations.js", file_152, sizeof file_152},
    {"Web/parts/editor/grammar.js", file_153, sizeof file_153},
    {"Web/parts/editor/languages.js", file_154, sizeof file_154},
    {"Web/parts/editor/layer.js", file_155, sizeof file_155},
    {"Web/parts/editor/positions.js", file_156, sizeof file_156},
    {"Web/parts/editor/suggestions.js", file_157, sizeof file_157},
    {"Web/parts/empty.js", file_158, sizeof file_158},
    {"Web/parts/field.js", file_159, sizeof file_159},
    {"Web/parts/file-view.js", file_160, sizeof file_160},
    {"Web/parts/form-dialog.js", file_161, sizeof file_161},
    {"Web/parts/form.js", file_162, sizeof file_162},
    {"Web/parts/icon.js", file_163, sizeof file_163},
    {"Web/parts/json-tree.js", file_164, sizeof file_164},
    {"Web/parts/load.js", file_165, sizeof file_165},
    {"Web/parts/log.js", file_166, sizeof file_166},
    {"Web/parts/markdown.js", file_167, sizeof file_167},
    {"Web/parts/menu.js", file_168, sizeof file_168},
    {"Web/parts/mini-graph.js", file_169, sizeof file_169},
    {"Web/parts/once.js", file_170, sizeof file_170},
    {"Web/parts/problem.js", file_171, sizeof file_171},
    {"Web/parts/share-links.js", file_172, sizeof file_172},
    {"Web/parts/share.js", file_173, sizeof file_173},
    {"Web/parts/skeleton.js", file_174, sizeof file_174},
    {"Web/parts/spark.js", file_175, sizeof file_175},
    {"Web/parts/status.js", file_176, sizeof file_176},
    {"Web/parts/table-view.js", file_177, sizeof file_177},
    {"Web/parts/table.js", file_178, sizeof file_178},
    {"Web/parts/tabs.js", file_179, sizeof file_179},
    {"Web/parts/time.js", file_180, sizeof file_180},
    {"Web/parts/toast.js", file_181, sizeof file_181},
    {"Client/client.js", file_182, sizeof file_182},
};

enum { FILES = sizeof files / sizeof *files };

const unsigned char *factory_web_file(size_t index, const char **name, size_t *size) {
    if (index >= FILES) return nullptr;
    *name = files[index].name;
    *size = files[index].size;
    return files[index].bytes;
}
