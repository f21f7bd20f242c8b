package io.zinx.boot.test.autoconfigure;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.zinx.boot.autoconfigure.ZinxHeartbeatCustomizer;
import io.zinx.boot.autoconfigure.ZinxServerCustomizer;
import io.zinx.boot.handler.ContextCarrier;
import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.ZinxAdvice;
import io.zinx.boot.routing.ZinxRouteRegistrar;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.codec.FrameCodec;
import io.zinx.connection.ConnectionListener;
import io.zinx.routing.Interceptor;
import io.zinx.routing.RouterFunction;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.util.ClassUtils;
import org.springframework.validation.Validator;

/**
 * Selects the components of an application that a {@link ZinxTest @ZinxTest} includes.
 */
final class ZinxTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<ZinxTest> {

	private static final List<String> OPTIONAL = List.of("org.springframework.boot.jackson.JacksonComponent",
			"tools.jackson.databind.JacksonModule");

	private static final Set<Class<?>> KNOWN = known();

	private final Set<Class<?>> routers;

	ZinxTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		this.routers = Set.of(getAnnotation().getValue("routers", Class[].class).orElse(new Class<?>[0]));
	}

	private static Set<Class<?>> known() {
		Set<Class<?>> known = new LinkedHashSet<>(Set.of(ZinxAdvice.class, ZinxRouteRegistrar.class, Interceptor.class,
				ConnectionListener.class, FrameCodec.class, PayloadConverter.class, ZinxServerCustomizer.class,
				ZinxHeartbeatCustomizer.class, RouterFunction.class, ContextCarrier.class, Converter.class,
				GenericConverter.class, Validator.class));
		for (String name : OPTIONAL) {
			if (ClassUtils.isPresent(name, null)) {
				known.add(ClassUtils.resolveClassName(name, null));
			}
		}
		return Set.copyOf(known);
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		return KNOWN;
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return this.routers;
	}

	@Override
	protected boolean defaultInclude(MetadataReader metadataReader, MetadataReaderFactory metadataReaderFactory)
			throws IOException {
		return super.defaultInclude(metadataReader, metadataReaderFactory)
				|| (this.routers.isEmpty() && hasRouter(metadataReader));
	}

	private static boolean hasRouter(MetadataReader metadataReader) {
		String annotation = ZinxRouter.class.getName();
		return metadataReader.getAnnotationMetadata().isAnnotated(annotation)
				|| metadataReader.getAnnotationMetadata().hasAnnotatedMethods(annotation);
	}

}
