using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;

namespace ModerationConsole.Web.Hosting;

/// <summary>Makes an API key from the command line.</summary>
internal sealed class CreateKeyVerb : IVerb
{
    public string Name => "keys create";

    public string Usage => $"NAME [--scope SCOPE]… [--json]   (scopes: {string.Join(", ", ApiKeys.Grantable)}; without one: all but {Permission.ChildSafety})";

    public async Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken)
    {
        string? name = null;
        bool json = false;
        List<Permission> scopes = [];
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--json":
                    json = true;
                    break;
                case "--scope" when i + 1 < args.Length && Scope(args[i + 1]) is { } scope:
                    scopes.Add(scope);
                    i++;
                    break;
                case { } other when name is null && !other.StartsWith('-'):
                    name = other;
                    break;
                default:
                    return ExitCode.WrongUse;
            }
        }

        if (name is null)
        {
            return ExitCode.WrongUse;
        }

        CreatedKey key = await services.GetRequiredService<CreateApiKey>()
            .RunAsync(Caller.System, name, scopes.Count > 0 ? scopes : ApiKeys.Platform, cancellationToken);
        switch (key.Outcome)
        {
            case CreateKeyOutcome.Created:
                Console.WriteLine(json ? JsonSerializer.Serialize(new { id = key.Id, key = key.Key }) : key.Key);
                await Console.Error.WriteLineAsync("It is shown this once and cannot be read again.");
                return ExitCode.Ok;
            default:
                await Console.Error.WriteLineAsync("A key has a name of 1 to 200 characters.");
                return ExitCode.WrongUse;
        }
    }

    private static Permission? Scope(string name)
    {
        foreach (Permission scope in ApiKeys.Grantable)
        {
            if (scope.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return scope;
            }
        }

        return null;
    }
}
