{{- define "skyport.fullname" -}}
{{- $name := printf "%s-skyport" .Release.Name -}}
{{- if contains "skyport" .Release.Name -}}
{{- $name = .Release.Name -}}
{{- end -}}
{{- /* Short enough for the StatefulSet's labels, which add a hash. */ -}}
{{- default $name .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{- define "skyport.selectorLabels" -}}
app.kubernetes.io/name: skyport
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "skyport.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "skyport.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "skyport.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "skyport.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "skyport.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ default $.Chart.AppVersion .tag }}
{{- end -}}
{{- end -}}
{{- end -}}
