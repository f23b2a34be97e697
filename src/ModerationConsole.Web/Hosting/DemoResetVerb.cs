using ModerationConsole.Core.Data;
using ModerationConsole.Core.Demo;

namespace ModerationConsole.Web.Hosting;

/// <summary>Throws the demo away; the next start in Development fills a new one. Refuses on a console that is not a demo.</summary>
internal sealed class DemoResetVerb(DatabaseOptions database, IHostEnvironment environment) : IVerb
{
    public string Name => "demo reset";

    public string Usage => "";

    public VerbNeeds Needs => VerbNeeds.Nothing;

    public async Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (args.Length > 0)
        {
            return ExitCode.WrongUse;
        }

        if (!environment.IsDevelopment() || database.Provider != DatabaseProvider.Sqlite || database.ConnectionString.Length > 0)
        {
            await Console.Error.WriteLineAsync("Only the embedded demo database of a Development console can be reset.");
            return ExitCode.Failed;
        }

        if (!ClearDemo.Clear(database))
        {
            await Console.Error.WriteLineAsync($"There is no demo in {database.DataDirectory}, or a console is running on it. Nothing was touched.");
            return ExitCode.Failed;
        }

        Console.WriteLine("The demo is gone. The next start fills a new one.");
        return ExitCode.Ok;
    }
}
