// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** All simulated gateways. */
public final class Gateways {

    private final List<Gateway> all;

    /** @param secret determines the keys that sign webhooks */
    public Gateways(FrontDesk desk, XaiFiles files, byte[] secret) {
        all = List.of(new XaiGateway(desk, files), new ToApisGateway(desk), new ReApiGateway(desk), new AiVideoApiGateway(desk),
                new UniAllGateway(desk), new OpenAiGateway(desk),
                new OpenRouterGateway(desk), new FalGateway(desk, new Signatures(secret)));
    }

    public List<Gateway> all() {
        return all;
    }

    /**
     * The gateway of that name.
     *
     * @throws NoSuchElementException if there is none
     */
    public Gateway named(String id) {
        return all.stream().filter(g -> g.id().equals(id)).findFirst().orElseThrow(() -> new NoSuchElementException(
                "no gateway '" + id + "', there are " + all.stream().map(Gateway::id).toList()));
    }

    /** The gateway a request path belongs to. */
    public Optional<Gateway> at(String path) {
        return all.stream().filter(g -> path.startsWith(g.prefix() + "/")).findFirst();
    }
}
