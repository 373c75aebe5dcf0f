package io.mcpguard.conformance;

import io.mcpguard.feature.FeatureSource;
import io.mcpguard.testkit.contract.FeatureSourceContract;

/** {@link FeatureSourceContract} over the features that the conformance suite asks for. */
class FixtureTest extends FeatureSourceContract {

    @Override
    protected FeatureSource newSource() {
        return new Fixture();
    }
}
