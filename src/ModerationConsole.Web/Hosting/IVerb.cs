namespace ModerationConsole.Web.Hosting;

/// <summary>What of the console must work before a verb runs.</summary>
public enum VerbNeeds
{
    /// <summary>Nothing: the verb works offline.</summary>
    Nothing,

    /// <summary>The database, migrated, and the write path.</summary>
    Database,

    /// <summary>The database and every background service, but no web server.</summary>
    BackgroundServices,
}

/// <summary>Something the program does when asked on its command line instead of serving. Results go to stdout, progress to stderr.</summary>
public interface IVerb
{
    /// <summary>One word or two, e.g. <c>users add</c>.</summary>
    string Name { get; }

    /// <summary>What follows the name, e.g. <c>EMAIL --role ROLE</c>.</summary>
    string Usage { get; }

    /// <summary>What must work before it runs.</summary>
    VerbNeeds Needs => VerbNeeds.Database;

    /// <summary>Runs it with what followed its name, settings taken out.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken);
}

/// <summary>What the program answers its caller with.</summary>
public static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;

    /// <summary>The arguments make no sense; the usage is printed.</summary>
    public const int WrongUse = 2;
}
