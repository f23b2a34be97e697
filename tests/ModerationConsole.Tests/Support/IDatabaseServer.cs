using ModerationConsole.Core.Data;

namespace ModerationConsole.Tests.Support;

/// <summary>
/// A database that the console runs on. What must hold on each of them is written once, in an abstract class that is given one of
/// these; a class for each provider runs it.
/// </summary>
public interface IDatabaseServer
{
    /// <summary>Of which kind it is.</summary>
    DatabaseProvider Provider { get; }

    /// <summary>Settings of a new empty database: <c>Database:Provider</c> and <c>ConnectionStrings:Console</c>.</summary>
    Task<Dictionary<string, string?>> EmptyAsync();
}
