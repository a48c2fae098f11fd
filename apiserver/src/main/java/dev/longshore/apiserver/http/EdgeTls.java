package dev.longshore.apiserver.http;

import dev.longshore.apiserver.pki.Credential;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;

/** The TLS of the HTTPS edge: 1.2 and 1.3, client certificates of the cluster's authority welcome but not needed. */
final class EdgeTls {
    private EdgeTls() {
    }

    static SslContext context(Credential server) throws SSLException {
        return SslContextBuilder.forServer(server.key(), server.certificate(), server.authority())
                .sslProvider(SslProvider.JDK).protocols("TLSv1.3", "TLSv1.2").trustManager(server.authority())
                .clientAuth(ClientAuth.OPTIONAL)
                .applicationProtocolConfig(new ApplicationProtocolConfig(Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1))
                .build();
    }
}
