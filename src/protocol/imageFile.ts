// Says how large an image file may be for the host to look into it.

export const LARGEST_FILE_BYTES = 64 * 1024 * 1024;
