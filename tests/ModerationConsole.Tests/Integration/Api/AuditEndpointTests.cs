using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Api;

public sealed class AuditEndpointTests(ItemsConsole fixture) : IClassFixture<ItemsConsole>
{
    private readonly WebConsole _console = fixture.Web;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Head_Asked_IsTheNewestWithItsKey()
    {
        await CaseAsync();

        JsonElement head = await _console.ReadAsync("audit/heads/latest");

        Assert.Equal(["size", "rootHash", "signedAt", "signature", "keyId", "publicKey"], head.EnumerateObject().Select(member => member.Name));
        Assert.Equal(head.GetProperty("keyId").GetString(), TreeHeadForm.KeyId(head.GetProperty("publicKey").GetBytesFromBase64()));
    }

    [Fact]
    public async Task Proof_OfACase_HoldsByItself()
    {
        long number = await CaseAsync();
        using HttpResponseMessage response = await _console.GetAsync($"audit/cases/{number}/proof");

        ProofCheck check = CheckProof.Run(await response.Content.ReadAsByteArrayAsync(Cancel));

        Assert.True(check.Holds, $"{check.Problem}");
        Assert.Equal(number, check.Document!.CaseNumber);
    }

    [Fact]
    public async Task Heads_OneKeptAndALater_AreProvedToBeOneHistory()
    {
        await CaseAsync();
        ProofHead kept = CheckConsistency.ReadHead(await BytesAsync("audit/heads/latest"))!;
        await CaseAsync();

        ConsistencyCheck check = CheckConsistency.Run(await BytesAsync($"audit/heads/consistency?from={kept.Size}"), kept.KeyId, kept);

        Assert.True(check.Holds, $"{check.Problem}");
        Assert.True(check.Document!.Second.Size > kept.Size);
        Assert.True(CheckConsistency.Run(await BytesAsync($"audit/heads/consistency?from={kept.Size}&to={check.Document.Second.Size}")).Holds);
        await _console.GetAsync("audit/heads/consistency?from=999999").ErrorsAsync(HttpStatusCode.NotFound);
        await _console.GetAsync($"audit/heads/consistency?from={check.Document.Second.Size}&to={kept.Size}").ErrorsAsync(HttpStatusCode.NotFound);
        await _console.GetAsync("audit/heads/consistency").ErrorsAsync(HttpStatusCode.BadRequest);
        await _console.GetAsync("audit/heads/consistency?from=1&to=x").ErrorsAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Proof_OfAChildSafetyCase_IsKnownOnlyToKeysWithThatScope()
    {
        long number = await CaseAsync();
        await _console.WriteAsync(async scope => (await scope.Db.Set<Case>().SingleAsync(row => row.Number == number)).Sensitivity = Sensitivity.ChildSafety);
        CreatedKey plain = await _console.KeyAsync(Permission.ViewAudit);

        await _console.GetAsync($"audit/cases/{number}/proof", plain.Key).ErrorsAsync(HttpStatusCode.NotFound);
        await _console.GetAsync("audit/cases/999999/proof", plain.Key).ErrorsAsync(HttpStatusCode.NotFound);
        await _console.ReadAsync($"audit/cases/{number}/proof");
    }

    [Theory]
    [InlineData("audit/heads/latest")]
    [InlineData("audit/heads/consistency?from=1")]
    [InlineData("audit/cases/1/proof")]
    public async Task Audit_WithoutTheScope_IsForbidden(string path)
    {
        CreatedKey key = await _console.KeyAsync(Permission.ReadCases);

        await _console.GetAsync(path, key.Key).ErrorsAsync(HttpStatusCode.Forbidden);
        await _console.GetAsync(path, "").ErrorsAsync(HttpStatusCode.Unauthorized);
    }

    private async Task<byte[]> BytesAsync(string path)
    {
        using HttpResponseMessage response = await _console.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync(Cancel);
    }

    private async Task<long> CaseAsync()
    {
        string id = Guid.NewGuid().ToString();
        JsonElement body = await _console.PostAsync("items", ItemsEndpointTests.Batch(Items.PostJson(id, $"text of {id}"))).BodyAsync(HttpStatusCode.OK);
        await _console.Services.GetRequiredService<SealAudit>().RunToHeadAsync(Cancel);
        return body.GetProperty("results")[0].GetProperty("caseNumber").GetInt64();
    }
}
