{{- /* A quantity of Kubernetes in MiB. */ -}}
{{- define "skyport.mebibytes" -}}
{{- $quantity := toString . -}}
{{- if not (regexMatch "^[0-9]+(\\.[0-9]+)?(k|M|G|T|Ki|Mi|Gi|Ti)?$" $quantity) -}}
{{- fail (printf "%s is no amount of memory that the chart can read: write it like 4Gi" $quantity) -}}
{{- end -}}
{{- $number := float64 (regexFind "^[0-9.]+" $quantity) -}}
{{- $unit := regexFind "[A-Za-z]+$" $quantity -}}
{{- $bytes := dict "" 1.0 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 -}}
{{- divf (mulf $number (get $bytes $unit)) 1048576.0 | floor | int64 -}}
{{- end -}}

{{- /* A duration of Spring Boot in seconds, rounded up. */ -}}
{{- define "skyport.seconds" -}}
{{- $duration := toString . -}}
{{- if not (regexMatch "^[0-9]+(ms|s|m|h)$" $duration) -}}
{{- fail (printf "%s is no duration that the chart can read: write it like 30s" $duration) -}}
{{- end -}}
{{- $number := float64 (regexFind "^[0-9]+" $duration) -}}
{{- $unit := regexFind "[a-z]+$" $duration -}}
{{- mulf $number (get (dict "ms" 0.001 "s" 1.0 "m" 60.0 "h" 3600.0) $unit) | ceil | int64 -}}
{{- end -}}

{{- /* The pod's memory, and what of it the heap, the engine and Arrow get, in MiB. */ -}}
{{- define "skyport.memory" -}}
{{- $limits := default dict .Values.resources.limits -}}
{{- $requests := default dict .Values.resources.requests -}}
{{- $all := default $requests.memory $limits.memory -}}
{{- if not $all -}}
{{- fail "resources.limits.memory (or resources.requests.memory) is needed: the engine's memory limit and the JVM's heap are derived from it" -}}
{{- end -}}
{{- $total := include "skyport.mebibytes" $all | int64 -}}
{{- if lt $total 2048 -}}
{{- fail (printf "resources.limits.memory is %s, and the server needs 2Gi at least" $all) -}}
{{- end -}}
{{- with .Values.memory -}}
{{- if gt (add .heapPercent .enginePercent .arrowPercent) 100 -}}
{{- fail "memory.heapPercent, memory.enginePercent and memory.arrowPercent are more than 100 together" -}}
{{- end -}}
{{- $rest := sub $total (include "skyport.mebibytes" .reserved | int64) -}}
{{- if lt $rest 1024 -}}
{{- fail (printf "memory.reserved (%s) leaves less than 1Gi of resources.limits.memory (%s)" .reserved $all) -}}
{{- end -}}
heap: {{ div (mul $rest .heapPercent) 100 }}
engine: {{ div (mul $rest .enginePercent) 100 }}
arrow: {{ div (mul $rest .arrowPercent) 100 }}
{{- end -}}
{{- end -}}

{{- /* Properties that follow from other values: `config` must not say otherwise. */ -}}
{{- define "skyport.refuseOwnedProperties" -}}
{{- $owned := dict
      "skyport.data-dir" "the data is on the volume of `persistence`"
      "skyport.startup.ddl" "use the value startup.ddl or startup.existingConfigMap"
      "skyport.engine.temp-directory" "use the value spill"
      "skyport.flydb.enabled" "use the value flydb.enabled"
      "skyport.flydb.port" "use the value service.ports.flydb"
      "skyport.security.users" "passwords belong into Secrets: use the value security.users"
      "skyport.security.tokens" "tokens belong into Secrets: use the value security.tokens"
      "skyport.security.jwt" "the key belongs into a Secret: use the value security.jwt.existingSecret"
      "skyport.tls" "use the value tls"
      "grpc.server.port" "use the value service.ports.grpc"
      "server.port" "use the value service.ports.http"
      "management.server" "Actuator is on the port of HTTP"
      "spring.ssl" "use the value tls" -}}
{{- range $path, $instead := $owned -}}
{{- $node := $.Values.config -}}
{{- range $part := splitList "." $path -}}
{{- if kindIs "map" $node -}}
{{- $node = get $node $part -}}
{{- else -}}
{{- $node = "" -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "string" $node) -}}
{{- fail (printf "config.%s is not for `config`: %s" $path $instead) -}}
{{- else if $node -}}
{{- fail (printf "config.%s is not for `config`: %s" $path $instead) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "skyport.hasDdl" -}}
{{- if or .Values.startup.ddl .Values.startup.existingConfigMap -}}yes{{- end -}}
{{- end -}}

{{- /* application.yml: what the chart derives, and over it `config`. */ -}}
{{- define "skyport.applicationYml" -}}
{{- include "skyport.refuseOwnedProperties" . -}}
{{- $memory := include "skyport.memory" . | fromYaml -}}
{{- $derived := include "skyport.derivedYml" (dict "root" . "memory" $memory) | fromYaml -}}
{{- mergeOverwrite $derived (deepCopy .Values.config) | toYaml -}}
{{- end -}}

{{- define "skyport.derivedYml" -}}
skyport:
  data-dir: /skyport/data
  {{- if include "skyport.hasDdl" .root }}
  startup:
    ddl: /skyport/startup/startup.sql
  {{- end }}
  engine:
    memory-limit: {{ .memory.engine }}MB
    arrow-memory-limit: {{ .memory.arrow }}MB
    {{- if .root.Values.spill.enabled }}
    temp-directory: /skyport/spill
    {{- end }}
  flydb:
    enabled: {{ .root.Values.flydb.enabled }}
    port: 8889
  {{- if .root.Values.tls.enabled }}
  tls:
    bundle: server
    client-certificates: {{ .root.Values.tls.clientCertificates }}
  {{- end }}
grpc:
  server:
    port: 50051
server:
  port: 8080
{{- if .root.Values.tls.enabled }}
spring:
  ssl:
    bundle:
      pem:
        server:
          reload-on-update: true
          keystore:
            certificate: /skyport/tls/tls.crt
            private-key: /skyport/tls/tls.key
          {{- if ne .root.Values.tls.clientCertificates "none" }}
          truststore:
            certificate: /skyport/tls/ca.crt
          {{- end }}
{{- end }}
{{- end -}}

{{- /* Draining, then both wires at once, then HTTP, then what is left: closing databases with a checkpoint. */ -}}
{{- define "skyport.stopSeconds" -}}
{{- $config := .Values.config -}}
{{- $drain := dig "skyport" "session" "drain-time" "20s" $config -}}
{{- $grpc := dig "grpc" "server" "shutdown-grace-period" "30s" $config -}}
{{- $flydb := dig "skyport" "flydb" "shutdown-grace-period" "30s" $config -}}
{{- $phase := dig "spring" "lifecycle" "timeout-per-shutdown-phase" "30s" $config -}}
{{- $wires := add (include "skyport.seconds" $grpc | int64) (ternary (include "skyport.seconds" $flydb | int64) 0 .Values.flydb.enabled) -}}
{{- add (include "skyport.seconds" $drain | int64) $wires (include "skyport.seconds" $phase | int64) 30 -}}
{{- end -}}

{{- define "skyport.terminationGracePeriodSeconds" -}}
{{- $least := include "skyport.stopSeconds" . | int64 -}}
{{- $given := .Values.terminationGracePeriodSeconds -}}
{{- if kindIs "invalid" $given -}}
{{- $least -}}
{{- else if lt (int64 $given) $least -}}
{{- fail (printf "terminationGracePeriodSeconds is %d, but draining, both wires, HTTP and the engine may take %d to stop by `config`" (int64 $given) $least) -}}
{{- else -}}
{{- int64 $given -}}
{{- end -}}
{{- end -}}
