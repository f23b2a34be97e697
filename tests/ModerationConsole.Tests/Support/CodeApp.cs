using ModerationConsole.Core.Access;
using ModerationConsole.Core.People.Factors;
using OtpNet;

namespace ModerationConsole.Tests.Support;

/// <summary>An app on a person's phone that makes codes of a secret.</summary>
public sealed class CodeApp(string secret)
{
    private readonly Totp _codes = new(Base32Encoding.ToBytes(secret));

    /// <summary>The code at a time.</summary>
    public string CodeAt(DateTimeOffset at) => _codes.ComputeTotp(at.UtcDateTime);

    /// <summary>Sets up a second factor as a person does, with the code before the present one, and returns app and recovery codes.</summary>
    public static async Task<(CodeApp App, IReadOnlyList<string> RecoveryCodes)> SetUpAsync(AddAuthenticator add, Caller caller, DateTimeOffset now)
    {
        string secret = Authenticator.NewSecret();
        CodeApp app = new(secret);
        FactorOutcome outcome = await add.RunAsync(caller, secret, app.CodeAt(now.AddSeconds(-30)), TestContext.Current.CancellationToken);
        Assert.Equal(FactorResult.Done, outcome.Result);
        return (app, outcome.RecoveryCodes!);
    }
}
