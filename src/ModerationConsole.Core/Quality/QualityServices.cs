using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Quality;

/// <summary>Registers what quality needs in the background.</summary>
public static class QualityServices
{
    /// <summary>Adds what quality holds about cases.</summary>
    public static IServiceCollection AddQuality(this IServiceCollection services) => services
        .AddSingleton<ICaseRecords, QualityRecordsOfCases>();
}
