{{- define "skyport.probeType" -}}
{{- if and .Values.tls.enabled (eq .Values.probes.type "grpc") -}}
{{- fail "probes.type is grpc, but kubelet's gRPC probes cannot do TLS: use http" -}}
{{- end -}}
{{- default (ternary "http" "grpc" .Values.tls.enabled) .Values.probes.type -}}
{{- end -}}

{{- /* Arguments: root, group (liveness or readiness), probe (its numbers). */ -}}
{{- define "skyport.probe" -}}
{{- if eq (include "skyport.probeType" .root) "grpc" -}}
grpc:
  port: 50051
  {{- if eq .group "liveness" }}
  service: liveness
  {{- end }}
{{- else -}}
httpGet:
  path: /actuator/health/{{ .group }}
  port: http
  scheme: {{ ternary "HTTPS" "HTTP" .root.Values.tls.enabled }}
{{- end }}
{{ toYaml .probe }}
{{- end -}}

{{- define "skyport.environment" -}}
{{- $memory := include "skyport.memory" . | fromYaml -}}
- name: JAVA_TOOL_OPTIONS
  # Direct memory is Arrow's and the network's: without a number the JVM takes that of the heap.
  value: {{ printf "-Xmx%vm -XX:MaxDirectMemorySize=%vm %s" $memory.heap (add $memory.arrow 128) (join " " .Values.jvm.options) | trim | quote }}
{{- range $i, $user := .Values.security.users }}
- name: SKYPORT_SECURITY_USERS_{{ $i }}_NAME
  value: {{ $user.name | quote }}
- name: SKYPORT_SECURITY_USERS_{{ $i }}_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ $user.existingSecret }}
      key: {{ default "password" $user.passwordKey }}
{{- with $user.roles }}
- name: SKYPORT_SECURITY_USERS_{{ $i }}_ROLES
  value: {{ join "," . | quote }}
{{- end }}
{{- end }}
{{- range $i, $token := .Values.security.tokens }}
- name: SKYPORT_SECURITY_TOKENS_{{ $i }}_USER
  value: {{ $token.user | quote }}
- name: SKYPORT_SECURITY_TOKENS_{{ $i }}_TOKEN
  valueFrom:
    secretKeyRef:
      name: {{ $token.existingSecret }}
      key: {{ default "token" $token.tokenKey }}
{{- end }}
{{- with .Values.security.jwt }}
{{- if .existingSecret }}
- name: SKYPORT_SECURITY_JWT_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .secretKey }}
{{- end }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "skyport.volumeMounts" -}}
- name: data
  mountPath: /skyport/data
- name: config
  mountPath: /skyport/config
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- if include "skyport.hasDdl" . }}
- name: startup
  mountPath: /skyport/startup
  readOnly: true
{{- end }}
{{- if .Values.tls.enabled }}
# The directory and no subPath, which would never see a new certificate.
- name: tls
  mountPath: /skyport/tls
  readOnly: true
{{- end }}
{{- if .Values.spill.enabled }}
- name: spill
  mountPath: /skyport/spill
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "skyport.volumes" -}}
- name: config
  projected:
    sources:
      - configMap:
          name: {{ include "skyport.fullname" . }}
          items:
            - key: application.yml
              path: application.yml
      {{- with .Values.existingConfigSecret }}
      # A folder below ./config is read after ./config itself.
      - secret:
          name: {{ . }}
          items:
            - key: application.yml
              path: secret/application.yml
      {{- end }}
- name: tmp
  emptyDir:
    sizeLimit: {{ .Values.tmp.sizeLimit }}
{{- if include "skyport.hasDdl" . }}
- name: startup
  configMap:
    name: {{ default (include "skyport.fullname" .) .Values.startup.existingConfigMap }}
    items:
      - key: startup.sql
        path: startup.sql
{{- end }}
{{- if .Values.tls.enabled }}
- name: tls
  secret:
    secretName: {{ required "tls.enabled needs tls.existingSecret" .Values.tls.existingSecret }}
    defaultMode: 0440
{{- end }}
{{- if not .Values.persistence.enabled }}
- name: data
  emptyDir:
    sizeLimit: {{ .Values.persistence.size }}
{{- else if .Values.persistence.existingClaim }}
- name: data
  persistentVolumeClaim:
    claimName: {{ .Values.persistence.existingClaim }}
{{- end }}
{{- if .Values.spill.enabled }}
- name: spill
  ephemeral:
    volumeClaimTemplate:
      spec:
        accessModes:
          - ReadWriteOnce
        {{- with .Values.spill.storageClass }}
        storageClassName: {{ . }}
        {{- end }}
        resources:
          requests:
            storage: {{ .Values.spill.size }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}
