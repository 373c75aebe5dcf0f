package io.mcpguard.core.feature;

/**
 * Hears of changes, on the thread that made them; quick and without blocking.
 *
 * @since 0.1
 */
public interface FeatureListener {

    /**
     * A list is not what it was.
     *
     * @param kind which list
     */
    void changed(FeatureKind kind);

    /**
     * A resource holds something else.
     *
     * @param uri its URI
     */
    void updated(String uri);
}
