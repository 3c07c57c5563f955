using System.Buffers.Binary;
using Cmms.Domain.Persistence.Sql;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Execution.Idempotency;

namespace Cmms.Graph.Access;

/// <summary>What a credential was answered under an <c>Idempotency-Key</c>, kept in the transaction that its answer tells of.</summary>
internal sealed class AnswersOfRequest : AnswerStore
{
    private readonly RequestSession _session;
    private readonly KeptRequest _request;

    private AnswersOfRequest(RequestSession session, SiteCaller caller, RequestKey key)
    {
        // The site that is asked for belongs to what is asked.
        var fingerprint = new byte[key.Fingerprint.Length + sizeof(long)];
        key.Fingerprint.CopyTo(fingerprint);
        BinaryPrimitives.WriteInt64BigEndian(fingerprint.AsSpan(key.Fingerprint.Length), caller.Site?.Id ?? 0);
        (_session, _request) = (session, new KeptRequest(caller.Credential, key.Text, fingerprint));
    }

    /// <summary>Null for nobody: a key belongs to a credential.</summary>
    public static AnswersOfRequest? Of(RequestSession session, RequestKey key) => session.Caller is { } caller ? new(session, caller, key) : null;

    public override async ValueTask<IReadOnlyDictionary<int, KeptAnswer>?> FindAsync(int from, CancellationToken cancel)
    {
        var found = await _session.RequiredUnit.WithAsync(db => KeptAnswers.FindAsync(db, _request, from, cancel));
        return found?.ToDictionary(f => f.Ordinal, f => new KeptAnswer(f.Field, f.Errors));
    }

    public override async ValueTask KeepAsync(int ordinal, KeptAnswer answer, CancellationToken cancel) =>
        await _session.RequiredUnit.WithAsync(async db =>
        {
            await KeptAnswers.KeepAsync(db, _request, new KeptField(ordinal, answer.Field.ToArray(), answer.Errors.ToArray()), cancel);
            return true;
        });

    /// <summary>What was refused for want of room may be done once there is some.</summary>
    public override bool IsFinal(object? answer) => !MutationOutcome.HasFailed<Domain.StorageFull>(answer);
}
