using System.Globalization;
using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;

namespace ModerationConsole.Web.Hosting;

/// <summary>Makes an API key from the command line.</summary>
internal sealed class CreateKeyVerb : IVerb
{
    private const int DefaultDays = 365;
    private const int MostCounted = 1_000_000;

    public string Name => "keys create";

    public string Usage => $"NAME [--scope SCOPE]… [--days N | --until DATE | --never] [--rate N] [--from NETWORK]… [--json]   "
        + $"(scopes: {string.Join(", ", ApiKeys.Grantable)}; without one: all but {Permission.ChildSafety}; without an end: {DefaultDays} days)";

    public async Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken)
    {
        DateTimeOffset now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (Read(args, now) is not (var wish, var json))
        {
            return ExitCode.WrongUse;
        }

        CreatedKey key = await services.GetRequiredService<CreateApiKey>().RunAsync(Caller.System, wish, cancellationToken);
        if (key.Outcome != CreateKeyOutcome.Created)
        {
            await Console.Error.WriteLineAsync(Explain(key.Outcome));
            return ExitCode.WrongUse;
        }

        Console.WriteLine(json ? JsonSerializer.Serialize(new { id = key.Id, key = key.Key, expiresAt = wish.ExpiresAt }) : key.Key);
        await Console.Error.WriteLineAsync("It is shown this once and cannot be read again.");
        await Console.Error.WriteLineAsync(wish.ExpiresAt is { } end ? FormattableString.Invariant($"It works until {end:u}.") : "It has no end.");
        return ExitCode.Ok;
    }

    private static (NewApiKey Wish, bool Json)? Read(string[] args, DateTimeOffset now)
    {
        (string? name, bool json, int? rate, bool ends) = (null, false, null, false);
        DateTimeOffset? end = now.AddDays(DefaultDays);
        List<Permission> scopes = [];
        List<string> networks = [];
        for (int i = 0; i < args.Length; i++)
        {
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--json":
                    json = true;
                    break;
                case "--never" when !ends:
                    (end, ends) = (null, true);
                    break;
                case "--scope" when Scope(value) is { } scope:
                    scopes.Add(scope);
                    i++;
                    break;
                case "--days" when !ends && Count(value) is { } days:
                    (end, ends, i) = (now.AddDays(days), true, i + 1);
                    break;
                case "--until" when !ends && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day):
                    (end, ends, i) = (new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(1), true, i + 1);
                    break;
                case "--rate" when Count(value) is { } wished:
                    (rate, i) = (wished, i + 1);
                    break;
                case "--from" when value is not null:
                    networks.Add(value);
                    i++;
                    break;
                case { } other when name is null && !other.StartsWith('-'):
                    name = other;
                    break;
                default:
                    return null;
            }
        }

        return name is null ? null : (new NewApiKey(name, scopes.Count > 0 ? scopes : ApiKeys.Platform, end, rate, string.Join(',', networks)), json);
    }

    private static string Explain(CreateKeyOutcome outcome) => outcome switch
    {
        CreateKeyOutcome.EndInvalid => "A key ends in the future, at most two years ahead; one without an end needs Keys:MayNeverExpire.",
        CreateKeyOutcome.RateInvalid => $"A key may ask for 1 to {KeyRules.FastestRate} requests a second.",
        CreateKeyOutcome.NetworksInvalid => $"A network is written 203.0.113.0/24, 2001:db8::/32 or as a single address; {KeyNetworks.Most} at most.",
        _ => "A key has a name of 1 to 200 characters.",
    };

    private static int? Count(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= MostCounted ? number : null;

    private static Permission? Scope(string? name)
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
