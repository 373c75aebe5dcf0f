/** Checks the tokens of an authorization server. */
module io.mcpguard.oauth {
    requires transitive io.mcpguard.api;
    requires com.nimbusds.jose.jwt;
    requires java.net.http;

    exports io.mcpguard.oauth;
}
