package io.mcpguard.core.json;

/**
 * How much JSON is taken at once.
 *
 * @param maxBytes size of the whole document in bytes
 * @param maxDepth arrays and objects inside each other
 * @param maxStringChars length of one string or property name in UTF-16 units
 * @param maxNumberChars length of one number as written
 * @param maxExponent largest power of ten a number may be scaled by, up or down
 * @param maxElements properties and array elements in the whole document
 * @since 0.1
 */
public record JsonLimits(
        int maxBytes, int maxDepth, int maxStringChars, int maxNumberChars, int maxExponent, int maxElements) {

    /** 1 MiB, 64 deep, strings as long as the document, numbers of 256 digits up to 1E1000, 100,000 elements. */
    public static final JsonLimits DEFAULT = new JsonLimits(1 << 20, 64, 1 << 20, 256, 1000, 100_000);

    public JsonLimits {
        if (maxBytes < 1
                || maxDepth < 1
                || maxStringChars < 1
                || maxNumberChars < 1
                || maxExponent < 1
                || maxElements < 1) {
            throw new IllegalArgumentException("every limit on JSON is at least 1");
        }
        if (maxDepth > 500) {
            throw new IllegalArgumentException("JSON is read recursively, so at most 500 levels deep");
        }
    }

    /**
     * Changes the size.
     *
     * @param bytes size of the whole document in bytes
     * @return a copy with that size, for the document and for one string
     */
    public JsonLimits withMaxBytes(int bytes) {
        return new JsonLimits(bytes, maxDepth, bytes, maxNumberChars, maxExponent, maxElements);
    }
}
