// Names every text of the page; the host supplies them in the display language, {0} and {1} stand for values.

export const PAGE_STRING_KEYS = [
  'title', 'prompt', 'promptPlaceholder', 'promptEmpty', 'promptTooLong', 'characters',
  'styles', 'size', 'improvePrompt', 'improvePromptHint', 'watermark', 'watermarkHint', 'takeFromImage', 'takeFromImageHint', 'images',
  'options', 'improved', 'watermarked', 'imageCountOne', 'imageCountOther',
  'generate', 'generateMany', 'generateCost', 'paidRequests', 'about', 'aboutDocumented', 'aboutEach', 'listPrice', 'chooseService', 'openSettings',
  'welcomeTitle', 'welcomeText', 'setUp',
  'inProgress', 'queued', 'waiting', 'waitingCountdown', 'serviceSays', 'requesting', 'downloading', 'ofTotal', 'writing', 'usually', 'usuallyDocumented', 'longerThanUsual', 'longerThanDocumented',
  'cancel', 'cancelAll', 'dismiss', 'shared', 'mended',
  'inGroup', 'ofReady', 'madeTogetherOne', 'madeTogetherOther', 'showAll', 'showOne', 'cellFailed', 'cellCancelled', 'cellHint',
  'saidStartedOne', 'saidStartedOther', 'saidDoneOne', 'saidDoneOther', 'saidCancelledOne', 'saidCancelledOther',
  'preview', 'previewEmpty', 'imageMissing', 'insert', 'insertAs', 'insertBySettings', 'insertOriginal', 'exactSize', 'exactSizeHint', 'exactSizeWrong', 'cropHint', 'back', 'save', 'copy', 'usePrompt', 'makeAgain', 'star', 'delete', 'more',
  'copyImage', 'copyPrompt', 'openImage', 'reveal', 'compare', 'compareHint', 'revisedPrompt', 'useIt',
  'history', 'searchHistory', 'starred', 'select', 'selectedOne', 'selectedOther', 'compareTwo', 'openFolder', 'deleteUnstarred',
  'askedOne', 'askedOther', 'keptOne', 'keptOther', 'foundOne', 'foundOther', 'historyEmpty', 'nothingFound', 'loading', 'today', 'yesterday',
] as const;

export type PageStringKey = (typeof PAGE_STRING_KEYS)[number];
export type PageStrings = Record<PageStringKey, string>;
