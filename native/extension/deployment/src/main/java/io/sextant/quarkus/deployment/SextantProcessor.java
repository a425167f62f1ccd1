package io.sextant.quarkus.deployment;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.IndexDependencyBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import io.quarkus.deployment.metrics.MetricsCapabilityBuildItem;
import io.quarkus.runtime.metrics.MetricsFactory;
import io.sextant.quarkus.OpenModelMeters;
import io.sextant.quarkus.SextantBuildConfig;
import io.sextant.tasks.spi.TaskFactory;
import java.util.Optional;

/**
 * Makes Camel's component {@code sextant} part of an application.
 *
 * <p>What a native executable must be told about the modules themselves is in their jars, below {@code META-INF/native-image}, where
 * every builder finds it, not only Quarkus's.
 */
final class SextantProcessor {
    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem("sextant");
    }

    /** Camel looks for components and type converters in what is indexed. */
    @BuildStep
    IndexDependencyBuildItem component() {
        return new IndexDependencyBuildItem("io.sextant", "sextant-tasks");
    }

    /** A task on the class path is found natively too, though its jar says nothing of native executables. */
    @BuildStep
    ServiceProviderBuildItem tasks() {
        return ServiceProviderBuildItem.allProvidersFromClassPath(TaskFactory.class.getName());
    }

    @BuildStep
    void meters(
            SextantBuildConfig config,
            Optional<MetricsCapabilityBuildItem> metrics,
            BuildProducer<AdditionalBeanBuildItem> beans) {
        boolean isMicrometer = metrics.map(each -> each.metricsSupported(MetricsFactory.MICROMETER))
                .orElse(false);
        if (config.metrics().enabled() && isMicrometer) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(OpenModelMeters.class));
        }
    }
}
