using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>Registers the media room.</summary>
public static class MediaServices
{
    public static IServiceCollection AddMedia(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<MediaOptions>().Bind(configuration.GetSection(MediaOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MediaOptions>, MediaOptionsValidator>();
        services.AddSingleton<MediaHealth>();
        services.AddSingleton<FfmpegRenderer>();
        services.AddSingleton<MediaFetcher>();
        services.AddSingleton<IMediaStore>(
            provider => new FolderMediaStore(provider.GetRequiredService<DatabaseOptions>().DataDirectory));
        services.AddSingleton<ProcessMediaQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<ProcessMediaQueue>());
        services.AddSingleton<RaiseLadders>();
        services.AddHostedService(provider => provider.GetRequiredService<RaiseLadders>());
        services.AddSingleton<StepReader>();
        return services;
    }
}
