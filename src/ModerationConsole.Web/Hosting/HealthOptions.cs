namespace ModerationConsole.Web.Hosting;

/// <summary>Who may ask how the process fares. Sections <c>Health</c> and <c>Metrics</c>.</summary>
public sealed class HealthOptions
{
    /// <summary><c>Health:RequireKey</c>: health and metrics answer only to an API key.</summary>
    public bool RequireKey { get; init; }

    /// <summary><c>Metrics:Enabled</c>: whether <c>/metrics</c> exists.</summary>
    public bool Metrics { get; init; }

    /// <summary>Reads the settings.</summary>
    public static HealthOptions Read(IConfiguration configuration) => new()
    {
        RequireKey = configuration.GetValue("Health:RequireKey", false),
        Metrics = configuration.GetValue("Metrics:Enabled", true),
    };
}
