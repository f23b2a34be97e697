using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Web.Hosting;

/// <summary>Runs the verb that the command line names, or serves. Settings (<c>--Section:Key=value</c>) may stand anywhere.</summary>
public static class ConsoleCommandLine
{
    private static readonly IVerb[] s_offline = [new CheckAuditVerb()];
    private static readonly string[] s_hostSettings = ["--urls", "--environment", "--contentRoot", "--applicationName"];

    /// <summary>Adds a verb.</summary>
    public static IServiceCollection AddVerb<TVerb>(this IServiceCollection services)
        where TVerb : class, IVerb => services.AddTransient<IVerb, TVerb>();

    /// <summary>Whether the arguments ask for something other than serving.</summary>
    public static bool NamesVerb(string[] args) => Split(args).Words is [{ } first, ..] && first is not "serve";

    /// <summary>Runs the named verb if it needs nothing of the console; null where another is named, or none.</summary>
    public static async Task<int?> RunOfflineAsync(string[] args)
    {
        args = Split(args).Words;
        IVerb? verb = s_offline.FirstOrDefault(verb => Names(verb, args));
        if (verb is null)
        {
            return null;
        }

        int code = await verb.RunAsync(args[verb.Name.Split(' ').Length..], EmptyServices.Instance, CancellationToken.None);
        if (code == ExitCode.WrongUse)
        {
            await PrintUsageAsync(Console.Error, [verb]);
        }

        return code;
    }

    /// <summary>Serves until the process is told to stop, or runs the named verb.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunConsoleAsync(this WebApplication app, string[] args)
    {
        ArgumentNullException.ThrowIfNull(app);
        args = Split(args).Words;
        if (args is [] or ["serve"])
        {
            await PrepareAsync(app.Services, CancellationToken.None);
            await app.RunAsync();
            return ExitCode.Ok;
        }

        await using (app)
        {
            return await RunVerbAsync(args, app.Services);
        }
    }

    /// <summary>
    /// Parts the arguments into settings, for the configuration, and the words of a verb. The configuration must not see the
    /// latter: it takes whatever follows a switch like <c>--json</c> for its value.
    /// </summary>
    internal static (string[] Settings, string[] Words) Split(string[] args)
    {
        List<string> settings = [];
        List<string> words = [];
        for (int i = 0; i < args.Length; i++)
        {
            if (!IsSetting(args[i]))
            {
                words.Add(args[i]);
                continue;
            }

            settings.Add(args[i]);
            if (!args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Length)
            {
                settings.Add(args[++i]);
            }
        }

        return ([.. settings], [.. words]);
    }

    private static bool IsSetting(string arg)
    {
        string name = arg.Split('=')[0];
        return name.StartsWith("--", StringComparison.Ordinal)
            && (name.Contains(':', StringComparison.Ordinal)
                || s_hostSettings.Contains(name, StringComparer.OrdinalIgnoreCase)
                // A test host names the sections of its settings as well: "--Data= --Data:Directory=…".
                || arg.EndsWith('='));
    }

    private static async Task<int> RunVerbAsync(string[] args, IServiceProvider services)
    {
        IVerb[] verbs = [.. services.GetServices<IVerb>().OrderBy(verb => verb.Name, StringComparer.Ordinal)];
        if (args is ["help" or "--help" or "-h", ..])
        {
            await PrintUsageAsync(Console.Out, verbs);
            return ExitCode.Ok;
        }

        IVerb? verb = verbs.FirstOrDefault(verb => Names(verb, args));
        if (verb is null)
        {
            await PrintUsageAsync(Console.Error, verbs.Where(verb => verb.Name.Split(' ')[0] == args[0]) is var near && near.Any() ? near : verbs);
            return ExitCode.WrongUse;
        }

        using CancellationTokenSource stop = new();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        IHostedService[] running = await StartAsync(verb.Needs, services, stop.Token);
        try
        {
            int code = await verb.RunAsync(args[verb.Name.Split(' ').Length..], services, stop.Token);
            if (code == ExitCode.WrongUse)
            {
                await PrintUsageAsync(Console.Error, [verb]);
            }

            return code;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return ExitCode.Failed;
        }
        finally
        {
            foreach (IHostedService service in running.Reverse())
            {
                await service.StopAsync(CancellationToken.None);
            }
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<IHostedService[]> StartAsync(VerbNeeds needs, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (needs == VerbNeeds.Nothing)
        {
            return [];
        }

        await PrepareAsync(services, cancellationToken);
        IHostedService[] chosen = [.. services.GetServices<IHostedService>().Where(service => needs switch
        {
            VerbNeeds.Database => service is WritePath or EnsureRoles,
            _ => service is not DemoStart && service.GetType().Namespace?.StartsWith(nameof(ModerationConsole), StringComparison.Ordinal) == true,
        })];
        foreach (IHostedService service in chosen)
        {
            await service.StartAsync(cancellationToken);
        }

        return chosen;
    }

    private static bool Names(IVerb verb, string[] args) => verb.Name.Split(' ') is var words && args.Take(words.Length).SequenceEqual(words);

    private static async Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        services.GetService<IStartupValidator>()?.Validate();
        await services.GetRequiredService<MigrateDatabase>().RunAsync(cancellationToken);
    }

    private static async Task PrintUsageAsync(TextWriter writer, IEnumerable<IVerb> verbs)
    {
        await writer.WriteLineAsync("Usage:");
        foreach (IVerb verb in verbs)
        {
            await writer.WriteLineAsync($"  {verb.Name} {verb.Usage}".TrimEnd());
        }
    }

    private sealed class EmptyServices : IServiceProvider
    {
        public static readonly EmptyServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
