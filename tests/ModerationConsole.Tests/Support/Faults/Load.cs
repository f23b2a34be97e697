using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModerationConsole.Tests.Support.Faults;

[assembly: HostingStartup(typeof(LoadStartup))]

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>Moderators who work inside the program's own process, through its use cases, and note what was acknowledged.</summary>
/// <param name="Journal">File that what was acknowledged is noted in.</param>
public sealed record Load(string Journal)
{
    private const int Usual = 16;

    /// <summary>How many of the scene's people work.</summary>
    public int Moderators { get; init; } = Usual;

    /// <summary>How many of them, in the order of their names, work elsewhere.</summary>
    public int Elsewhere { get; init; }

    /// <summary>What chance goes by.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Longest time between two acts of one of them, milliseconds.</summary>
    public int PauseMs { get; init; } = 200;

    /// <summary>Whether each does nothing but decide, violations all: no skipping, undoing or walking away.</summary>
    public bool Steady { get; init; }

    /// <summary>File that says how many seconds the time of day is off; no such file where null.</summary>
    public string? Clock { get; init; }

    /// <summary>The same as settings of the program.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["Faults:Clock"] = Clock ?? "",
        ["Faults:Journal"] = Journal,
        ["Faults:Moderators"] = Moderators.ToString(CultureInfo.InvariantCulture),
        ["Faults:Elsewhere"] = Elsewhere.ToString(CultureInfo.InvariantCulture),
        ["Faults:Seed"] = Seed.ToString(CultureInfo.InvariantCulture),
        ["Faults:PauseMs"] = PauseMs.ToString(CultureInfo.InvariantCulture),
        ["Faults:Steady"] = Steady.ToString(),
    };

    /// <summary>The load that the settings name, or null.</summary>
    public static Load? Read(IConfiguration configuration) => configuration["Faults:Journal"] is { Length: > 0 } journal
        ? new Load(journal)
        {
            Moderators = configuration.GetValue("Faults:Moderators", Usual),
            Elsewhere = configuration.GetValue("Faults:Elsewhere", 0),
            Seed = configuration.GetValue("Faults:Seed", 1),
            PauseMs = configuration.GetValue("Faults:PauseMs", 200),
            Steady = configuration.GetValue("Faults:Steady", false),
            Clock = configuration["Faults:Clock"] is { Length: > 0 } clock ? clock : null,
        }
        : null;
}

/// <summary>Puts the moderators into a host that was asked to have them. Every web host of the tests looks here.</summary>
public sealed class LoadStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices((context, services) =>
    {
        if (Load.Read(context.Configuration) is { } load)
        {
            services.AddSingleton(load).AddSingleton<IHostedService, SimulatedModerators>();
            if (load.Clock is { } path)
            {
                services.AddSingleton<TimeProvider>(new ShiftedClock(path));
            }
        }
    });
}
