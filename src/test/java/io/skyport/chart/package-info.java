/** Checks of the Helm chart in helm/skyport, by Helm itself, Kubernetes' kinds and the server's own configuration classes. */
@NullMarked
package io.skyport.chart;

import org.jspecify.annotations.NullMarked;
