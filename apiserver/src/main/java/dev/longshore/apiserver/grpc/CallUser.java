package dev.longshore.apiserver.grpc;

import dev.longshore.api.ApiException;
import dev.longshore.apiserver.auth.Authorizer;
import dev.longshore.apiserver.auth.CertificateAuthenticator;
import dev.longshore.apiserver.auth.Refusals;
import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.request.RequestInfo;
import dev.longshore.client.grpc.GrpcErrors;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Finds out who calls, by the certificate of the connection, and keeps it with the call. */
final class CallUser implements ServerInterceptor {
    private static final Context.Key<User> USER = Context.key("user");
    private static final Context.Key<String> ADDRESS = Context.key("address");
    private static final String REFLECTION = "grpc.reflection.";

    private final Authorizer authorizer;
    private final Set<String> guarded;

    /** @param guarded names of services that ask nobody themselves, so that their methods are authorised here */
    CallUser(Authorizer authorizer, Set<String> guarded) {
        this.authorizer = authorizer;
        this.guarded = Set.copyOf(guarded);
    }

    /** The user of the call that runs on this thread. */
    static User current() {
        return USER.get();
    }

    /** Where the call of this thread comes from. */
    static String address() {
        return ADDRESS.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
            ServerCallHandler<Q, A> next) {
        try {
            User user = user(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION))
                    .orElseThrow(Refusals::unauthorized);
            String method = call.getMethodDescriptor().getFullMethodName();
            if (method.startsWith(REFLECTION) || guarded.contains(call.getMethodDescriptor().getServiceName())) {
                Refusals.require(authorizer, user, RequestInfo.ofPath("get", "/" + method));
            }
            SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
            Context context = Context.current().withValues(USER, user, ADDRESS, String.valueOf(remote));
            return Contexts.interceptCall(context, call, headers, next);
        } catch (ApiException e) {
            StatusRuntimeException refusal = GrpcErrors.toGrpc(e);
            call.close(refusal.getStatus(), refusal.getTrailers());
            return new ServerCall.Listener<>() {
            };
        }
    }

    private static Optional<User> user(SSLSession session) {
        try {
            return CertificateAuthenticator.user((X509Certificate) session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException _) {
            return Optional.empty();
        }
    }
}
