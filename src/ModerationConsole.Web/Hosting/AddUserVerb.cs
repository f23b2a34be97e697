using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Web.Hosting;

/// <summary>Adds a person from the command line: how the first administrator comes in.</summary>
internal sealed class AddUserVerb : IVerb
{
    public string Name => "users add";

    public string Usage => $"EMAIL --role ROLE [--role ROLE] [--name NAME]   (roles: {string.Join(", ", Roles.All)})";

    public async Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (Read(args) is not { } person)
        {
            return ExitCode.WrongUse;
        }

        if (!services.GetRequiredService<IOptions<SingleSignOnOptions>>().Value.LocalAccounts)
        {
            await Console.Error.WriteLineAsync("This console keeps no passwords (SingleSignOn:LocalAccounts is false): people come in with a provider, administrators by a group whose role is Admin.");
            return ExitCode.Failed;
        }

        AddPersonOutcome outcome = await services.GetRequiredService<AddPerson>().RunAsync(Caller.System, person, cancellationToken);
        switch (outcome.Result)
        {
            case AddPersonResult.Added:
                Console.WriteLine($"{person.Email} may sign in. One-time password: {outcome.OneTimePassword}");
                return ExitCode.Ok;
            case AddPersonResult.UnknownRole or AddPersonResult.InvalidEmail:
                await Console.Error.WriteLineAsync(outcome.Result == AddPersonResult.UnknownRole ? "There is no such role." : "That is no e-mail address.");
                return ExitCode.WrongUse;
            default:
                await Console.Error.WriteLineAsync(outcome.Result == AddPersonResult.EmailTaken
                    ? "Someone has that address already."
                    : $"The person could not be added: {outcome.Result}.");
                return ExitCode.Failed;
        }
    }

    private static NewPerson? Read(string[] args)
    {
        string? email = null;
        string? name = null;
        List<string> roles = [];
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--role" when i + 1 < args.Length:
                    string role = args[++i];
                    roles.Add(Roles.All.FirstOrDefault(known => known.Equals(role, StringComparison.OrdinalIgnoreCase)) ?? role);
                    break;
                case "--name" when i + 1 < args.Length:
                    name = args[++i];
                    break;
                case { } other when email is null && !other.StartsWith('-'):
                    email = other;
                    break;
                default:
                    return null;
            }
        }

        return email is null || roles.Count == 0 ? null : new NewPerson(email, name ?? email.Split('@')[0], roles);
    }
}
