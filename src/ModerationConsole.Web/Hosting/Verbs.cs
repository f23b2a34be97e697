using ModerationConsole.Core.Data;

namespace ModerationConsole.Web.Hosting;

/// <summary>Named for the usage; serving is what happens without any verb.</summary>
internal sealed class ServeVerb : IVerb
{
    public string Name => "serve";

    public string Usage => "(what happens without a verb)";

    public VerbNeeds Needs => VerbNeeds.Nothing;

    public Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken) => Task.FromResult(ExitCode.WrongUse);
}

/// <summary>Brings the database to this version and does nothing else.</summary>
internal sealed class MigrateVerb : IVerb
{
    public string Name => "migrate";

    public string Usage => "";

    public VerbNeeds Needs => VerbNeeds.Nothing;

    public async Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (args.Length > 0)
        {
            return ExitCode.WrongUse;
        }

        int applied = await services.GetRequiredService<MigrateDatabase>().RunAsync(cancellationToken);
        Console.WriteLine(applied == 0 ? "The database is up to date." : $"Applied {applied} migrations.");
        return ExitCode.Ok;
    }
}
