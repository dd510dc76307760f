#!/usr/bin/env bash
# Lấy tin của Gương sáng Đất Tổ bằng curl và jq. Cho chạy mỗi phút (cron); chạy lại lúc nào cũng được.
#   GUONG_SANG_URL     địa chỉ trang, ví dụ https://phunu.example.vn
#   GUONG_SANG_KEY     khóa báo chí
#   GUONG_SANG_FOLDER  nơi cất: items/MÃ.json là bản mới nhất của từng mục, pictures/MÃ.jpg là ảnh in
set -euo pipefail

folder=${GUONG_SANG_FOLDER:-guong-sang}
api=$GUONG_SANG_URL/api/v1/press
mkdir -p "$folder/items" "$folder/pictures"
page=$folder/page.new

# Máy chủ bận (429, 5xx) hoặc mất mạng: curl tự chờ và hỏi lại.
ask() {
    curl --silent --show-error --fail-with-body --retry 4 --retry-connrefused --retry-max-time 60 \
        --max-time 60 --header "X-API-Key: $GUONG_SANG_KEY" "$@"
}

field() { jq --raw-output "$1" <<< "$2"; }

# Ghi trọn tệp mới rồi mới đổi tên: đứt giữa chừng thì tệp cũ vẫn nguyên.
save() {
    cat > "$1.new"
    mv "$1.new" "$1"
}

store() {
    local item=$1 uuid file picture href
    uuid=$(field .uuid "$item")
    file=$folder/items/$uuid.json
    picture=$folder/pictures/$uuid.jpg
    # Đã giữ bản mới hơn (khi đọc lại từ đầu): bỏ qua.
    if [ -e "$file" ] && [ "$(jq .version "$file")" -gt "$(field .version "$item")" ]; then
        return
    fi
    href=$(field '.renditions[]? | select(.name == "press") | .href' "$item")
    if [ "$(field .pubstatus "$item")" != usable ]; then
        rm -f "$picture" # thu hồi, tạm gỡ: chỉ còn lời báo
    elif [ -n "$href" ]; then
        if ask --output "$picture.new" "$href"; then
            mv "$picture.new" "$picture"
        else
            rm -f "$picture.new" # ảnh vừa bị thu hồi: lời báo nằm ở trang sau
        fi
    fi
    save "$file" <<< "$item"
}

while :; do
    after=$(cat "$folder/cursor" 2> /dev/null || true)
    status=$(ask --get --data-urlencode "after=$after" --output "$page" \
        --write-out '%{http_code}' "$api/feed/") || {
        [ "$status" = 410 ] && rm -f "$folder/cursor" && continue # con trỏ quá cũ: đọc lại từ đầu
        jq --raw-output '.detail // empty' "$page" >&2 || true # vì sao, và phải làm gì
        exit 1
    }
    jq --compact-output '.items[]' "$page" | while IFS= read -r item; do store "$item"; done
    next=$(jq --raw-output .next "$page")
    save "$folder/cursor" <<< "$next" # sau khi đã cất xong cả trang
    [ "$next" = "$after" ] && break
done

# Xác nhận những đính chính, thu hồi đã làm theo (đã lên trang của mình thì gỡ ở đó trước).
confirmed=$(ask "$api/confirmations/" | jq --compact-output '.items[]' | while IFS= read -r asked; do
    file=$folder/items/$(field .uuid "$asked").json
    if [ -e "$file" ] && [ "$(jq .version "$file")" -ge "$(field .version "$asked")" ]; then
        jq --compact-output '{uuid, version}' <<< "$asked"
    fi
done | jq --slurp --compact-output '.[:100]')
if [ "$confirmed" != "[]" ]; then
    ask --header 'Content-Type: application/json' --output /dev/null \
        --data "{\"items\": $confirmed}" "$api/confirmations/"
fi
