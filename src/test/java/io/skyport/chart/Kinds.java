package io.skyport.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Kubernetes' kinds, those of the Gateway API and of the Prometheus operator, with the fields that they have. */
final class Kinds {

    private static final KubernetesSerialization KINDS = new KubernetesSerialization();
    private static final ObjectMapper STRICT = strict();

    private Kinds() {}

    /**
     * Reads an object as its kind.
     *
     * @throws IllegalArgumentException if the kind is not known, or has no such field, or not of that type
     */
    static void check(JsonNode object) {
        Object read = KINDS.unmarshal(object.toString());
        if (read instanceof GenericKubernetesResource) {
            throw new IllegalArgumentException("unknown kind " + object.path("kind"));
        }
        try {
            STRICT.treeToValue(object, read.getClass());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The classes keep fields that they do not know in a map, for clients newer than they are; here such fields are mistakes. */
    private static ObjectMapper strict() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
            @Override
            public Boolean hasAnySetter(Annotated member) {
                return false;
            }
        });
        return mapper;
    }
}
