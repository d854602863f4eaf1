// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.camel.request.JobQueryReader;
import io.github.grokvideo.component.store.JobPage;
import io.github.grokvideo.component.store.JobQuery;
import org.apache.camel.Exchange;

/** {@code list}: a page of the jobs in the store, newest first, without prompts and URLs. Calls no gateway. */
final class ListProducer extends GrokVideoProducer<Map<String, Object>> {

    ListProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    CompletableFuture<Map<String, Object>> begin(Exchange exchange) {
        JobQuery query = JobQueryReader.read(exchange);
        JobPage page = engine().operations().page(query);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("total", page.total());
        answer.put("offset", query.offset());
        answer.put("limit", query.limit());
        answer.put("jobs", page.jobs().stream().map(JobMap::of).toList());
        return CompletableFuture.completedFuture(answer);
    }

    @Override
    void succeed(Exchange exchange, Map<String, Object> answer) {
        exchange.getMessage().setBody(answer);
    }
}
