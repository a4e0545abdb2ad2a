export default {
  label: 'Files',
  hint: 'Up to 10 files, each up to 25 MB. From pictures we remove where and when they were taken.',
  kept: 'Files that came with it already',
  keptHint: 'Untick what should not be sent.',
  list: 'Files',
  kinds: { 'image/png': 'PNG picture', 'image/jpeg': 'JPEG picture', 'image/gif': 'GIF picture', 'image/webp': 'WebP picture', 'image/heic': 'HEIC picture', 'application/pdf': 'PDF', 'application/zip': 'ZIP archive', 'application/gzip': 'GZIP archive', 'video/mp4': 'Video', 'text/plain': 'Text' } as Record<string, string>,
  unknown: 'File',
  tooLargeTitle: 'This is too much at once',
  tooLargeLead: 'All files of one form may have 32 MB together. Go back: what you typed is still there. Send fewer files at once.',
};
