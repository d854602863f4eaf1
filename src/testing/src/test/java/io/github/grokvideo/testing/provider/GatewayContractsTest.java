// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.VideoProviders;
import org.junit.jupiter.api.Nested;

/** Every built-in gateway passes the contract, with every documented request, status and error as a case. */
class GatewayContractsTest {

    /** The models of each gateway, and one that it does not know. */
    static final Map<String, List<String>> MODELS = Map.of(
            "xai", List.of("grok-imagine-video", "grok-imagine-video-1.5", "grok-imagine-video-1.5-lite", "newer"),
            "toapis", List.of("grok-imagine-1.0-video", "grok-imagine-1-0-video", "grok-video-1.5", "grok-video-1.5-preview",
                    "grok-video-1.0", "newer"),
            "reapi", List.of("grok-imagine-1.0-video", "grok-imagine-video-1.5-beta", "grok-imagine-video-1.5-official", "newer"),
            "aivideoapi", List.of("grok-imagine-text-to-video", "grok-imagine-image-to-video", "newer"),
            "uniall", List.of("grok-imagine", "newer"),
            "openai", List.of("grok-imagine-video", "newer"),
            "openrouter", List.of("x-ai/grok-imagine-video", "newer"),
            "fal", List.of("xai/grok-imagine-video", "xai/grok-imagine-video/v1.5", "xai/grok-imagine-video/v1.5/lite", "newer/app"));

    /** Named after its gateway. */
    abstract static class Contract extends VideoProviderContract {

        private final String name = getClass().getSimpleName().toLowerCase(Locale.ROOT);

        @Override
        protected VideoProvider provider() {
            return VideoProviders.named(name).orElseThrow();
        }

        @Override
        protected GatewayCases cases() {
            return of(name);
        }

        @Override
        protected Collection<String> models() {
            return MODELS.get(name);
        }

        /** Answers of the other gateways: a relay may send what its upstream sends. */
        @Override
        protected Collection<String> moreBodies() {
            List<String> bodies = new ArrayList<>();
            for (String other : VideoProviders.names()) {
                for (CaseKind kind : other.equals(name) ? Set.<CaseKind>of()
                        : Set.of(CaseKind.SUBMITS, CaseKind.POLLS, CaseKind.UPLOADS, CaseKind.BALANCES, CaseKind.LOOKUPS)) {
                    of(other).of(kind).forEach(one -> bodies.add(one.answer().body()));
                }
            }
            return bodies;
        }
    }

    static GatewayCases of(String gateway) {
        return GatewayCases.classPath("gateways/" + gateway);
    }

    @Nested
    class Xai extends Contract {

        /** xAI has no field for it; it is for the estimate. */
        @Override
        protected boolean isSent(String field, String value, List<String> sent) {
            return field.equals("inputVideoSeconds") || super.isSent(field, value, sent);
        }
    }

    @Nested
    class ToApis extends Contract {
    }

    @Nested
    class ReApi extends Contract {
    }

    @Nested
    class AiVideoApi extends Contract {
    }

    @Nested
    class UniAll extends Contract {
    }

    @Nested
    class OpenAi extends Contract {

        /** Resolution and ratio are one size. */
        @Override
        protected boolean isSent(String field, String value, List<String> sent) {
            return (field.equals("resolution") || field.equals("aspectRatio")) && sent.stream().anyMatch(one -> one.matches("\\d+x\\d+"))
                    || super.isSent(field, value, sent);
        }
    }

    @Nested
    class OpenRouter extends Contract {
    }

    @Nested
    class Fal extends Contract {
    }
}
