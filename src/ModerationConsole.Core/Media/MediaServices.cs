using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Core.Media;

/// <summary>Registers the media room.</summary>
public static class MediaServices
{
    public static IServiceCollection AddMedia(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<MediaOptions>().Bind(configuration.GetSection(MediaOptions.Section)).ValidateOnStart();
        services.AddSingleton<IAuditedRecords, AuditedReveals>();
        services.AddSingleton<IValidateOptions<MediaOptions>, MediaOptionsValidator>();
        services.AddSingleton<MediaHealth>();
        services.AddSingleton<FfmpegRenderer>();
        services.AddSingleton<MediaFetcher>();
        services.AddSingleton<IMediaKeyProvider>(provider => provider.GetRequiredService<IOptions<MediaOptions>>().Value.KeyFile is { Length: > 0 } file
            ? MediaKeyFile.At(file)
            : MediaKeyFile.InDataDirectory(provider.GetRequiredService<DatabaseOptions>().DataDirectory));
        services.AddSingleton<IMediaStore>(provider => new FolderMediaStore(
            provider.GetRequiredService<DatabaseOptions>().DataDirectory, provider.GetRequiredService<IMediaKeyProvider>()));
        services.AddSingleton<RemovedFiles>();
        services.AddSingleton<MediaDenials>();
        services.AddSingleton<IDeadNodeHeir, HeldMedia>();
        services.AddSingleton<ProcessMediaQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<ProcessMediaQueue>());
        services.AddSingleton<RaiseLadders>();
        services.AddHostedService(provider => provider.GetRequiredService<RaiseLadders>());
        services.AddSingleton<EncryptChildSafetyMedia>();
        services.AddHostedService(provider => provider.GetRequiredService<EncryptChildSafetyMedia>());
        services.AddSingleton<StepReader>();
        services.AddSingleton<TileCutter>();
        services.AddSingleton<MediaBacklog>();
        return services;
    }
}
