using System.Diagnostics;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>How the program is to be started.</summary>
/// <param name="Root">Folder of the scene: the data lies in <c>data</c> below it, temporary files in <c>tmp</c>.</param>
public sealed record ServerPlan(string Root)
{
    /// <summary>Settings by name.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>Settings that win over <see cref="Settings"/>.</summary>
    public Dictionary<string, string> With { get; init; } = [];

    /// <summary>A command that starts the program in its own place, e.g. under limits.</summary>
    public IReadOnlyList<string> Under { get; init; } = [];

    /// <summary>The moderators that work inside the process; none where null.</summary>
    public Load? Inside { get; init; }

    /// <summary>What starts it.</summary>
    public ProcessStartInfo Describe()
    {
        string temporary = Directory.CreateDirectory(Path.Combine(Root, "tmp")).FullName;
        string[] command = [.. Under, .. Command()];
        ProcessStartInfo start = new(command[0], command[1..])
        {
            WorkingDirectory = temporary,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["TMPDIR"] = temporary;
        if (Inside is not null)
        {
            start.Environment["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(Load).Assembly.GetName().Name;
        }

        return start;
    }

    // The program as it is built, found through the tests' list of assemblies, so that moderators can be put into it.
    private IEnumerable<string> Command()
    {
        string folder = AppContext.BaseDirectory;
        Dictionary<string, string> settings = new(Settings)
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Data:Directory"] = Path.Combine(Root, "data"),
            ["Demo:Enabled"] = "false",
        };
        foreach ((string name, string value) in With.Concat(Inside?.Settings ?? []))
        {
            settings[name] = value;
        }

        return
        [
            Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "dotnet" ? self : "dotnet", "exec",
            "--depsfile", Path.Combine(folder, "ModerationConsole.Tests.deps.json"),
            "--runtimeconfig", Path.Combine(folder, "ModerationConsole.Web.runtimeconfig.json"),
            Path.Combine(folder, "ModerationConsole.Web.dll"),
            .. settings.Select(row => $"--{row.Key}={row.Value}"),
        ];
    }
}
