package io.github.grokvideo.component.camel.observe;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.transport.GatewayAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says whose call it was, and tells the observers. Thread-safe. */
final class GatewayNews {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayNews.class);

    private final List<GatewayObserver> observers = new CopyOnWriteArrayList<>();
    private final Supplier<Collection<VideoAccount>> accounts;

    GatewayNews(Supplier<Collection<VideoAccount>> accounts) {
        this.accounts = accounts;
    }

    void add(GatewayObserver observer) {
        observers.add(observer);
    }

    void remove(GatewayObserver observer) {
        observers.remove(observer);
    }

    void called(GatewayAccess access, int status, Throwable failure, Duration time) {
        tell(access, (observer, account) -> observer.onCall(account.provider().name(), account.name(), status, text(failure), time));
    }

    void downloaded(GatewayAccess access, long bytes, Throwable failure, Duration time) {
        tell(access, (observer, account) -> observer.onDownload(account.provider().name(), account.name(), bytes, text(failure), time));
    }

    private interface News {
        void tell(GatewayObserver observer, VideoAccount account);
    }

    /** Never throws: the call's own outcome would be lost. */
    private void tell(GatewayAccess access, News news) {
        try {
            VideoAccount account = accounts.get().stream().filter(one -> one.access().equals(access)).findFirst().orElse(null);
            if (account != null) {
                Consumer<GatewayObserver> one = observer -> news.tell(observer, account);
                observers.forEach(one);
            }
        } catch (RuntimeException e) {
            LOG.debug("A call to a gateway could not be told", e);
        }
    }

    private static String text(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause == null ? null : String.valueOf(cause.getMessage());
    }
}
