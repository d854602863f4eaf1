package io.github.grokvideo.component.job;
public final class RequestHash {
    public static String of(VideoRequest request) {
        return Integer.toHexString(request.hashCode());
    }
}
